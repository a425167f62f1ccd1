// Holds Kubernetes's files against the schemas of Kubernetes and of KEDA: values by their schemas, names of fields by their types, which the
// TypeScript compiler allows no others than.
//
//   npm install
//   node check.mjs FOLDER-OF-YAML
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const [folder] = process.argv.slice(2);
const problems = [];

/** The module with the kinds of an apiVersion: "v1", "apps/v1" or "keda.sh/v1alpha1". */
function moduleOf(apiVersion) {
  return apiVersion.startsWith('keda.sh/') ? `@kubernetes-models/keda/${apiVersion}` : `kubernetes-models/${apiVersion}`;
}

async function checkValues(name, resource) {
  const kinds = await import(moduleOf(resource.apiVersion));
  if (!kinds[resource.kind]) throw new Error(`${resource.apiVersion} has no kind ${resource.kind}`);
  new kinds[resource.kind](resource).validate();
}

/** A field that the type does not have is an error in an object that is written out. */
function checkNames(name, resource) {
  const source = `import type { I${resource.kind} } from '${moduleOf(resource.apiVersion)}';\nexport const it: I${resource.kind} = ${JSON.stringify(resource, null, 1)};\n`;
  const file = path.resolve(`${name.replace(/\W/g, '-')}.ts`);
  fs.writeFileSync(file, source);
  const program = ts.createProgram([file], { noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext });
  for (const found of ts.getPreEmitDiagnostics(program)) {
    problems.push(`${name}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`);
  }
}

let checked = 0;
for (const name of fs.readdirSync(folder).filter((each) => each.endsWith('.yaml')).sort()) {
  if (name === 'kustomization.yaml') continue; // for kubectl itself, which has no schema of it to give
  for (const document of parseAllDocuments(fs.readFileSync(path.join(folder, name), 'utf8'))) {
    const resource = document.toJS();
    try {
      await checkValues(name, resource);
      checkNames(name, resource);
    } catch (error) {
      problems.push(`${name}: ${error.message}`);
    }
    checked++;
    console.log(`looked at ${name}: ${resource.apiVersion} ${resource.kind}`);
  }
}
problems.forEach((problem) => console.error(problem));
process.exit(problems.length === 0 && checked > 0 ? 0 : 1);
