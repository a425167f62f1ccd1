package io.sextant.training.command;

import io.sextant.training.output.OutputFile;
import io.sextant.training.vocabulary.SubsetTokenizer;
import io.sextant.training.vocabulary.WorldTexts;
import io.sextant.training.world.World;
import io.sextant.training.world.render.Renders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train tokenizer}: made once; the file lies among this module's resources. */
@Command(
        name = "tokenizer",
        description = "Cuts Llama 2's tokenizer down to the pieces that the generated world needs.",
        mixinStandardHelpOptions = true)
public final class TokenizerCommand implements Callable<Integer> {
    @Option(names = "--from", required = true, paramLabel = "FILE", description = "tokenizer.json of a Llama 2 folder.")
    private Path from = Path.of("tokenizer.json");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The smaller tokenizer.json.")
    private Path out = Path.of("tokenizer.json");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        OutputFile.requireWritable("--out", out);
        PrintWriter console = spec.commandLine().getOut();
        World world = World.open(Renders.defaultFolder(), console::println);
        int pieces = SubsetTokenizer.of(from).write(WorldTexts.collect(world), out);
        console.println(out + " has " + pieces + " pieces");
        return 0;
    }
}
