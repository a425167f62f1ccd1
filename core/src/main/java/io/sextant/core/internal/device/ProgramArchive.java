package io.sextant.core.internal.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Wraps the text of a device program into the archive libtorch loads: a stored zip with the code, an empty constant table and a
 * pickle of the module's attributes.
 */
final class ProgramArchive {
    /** Every program has the same attributes, so that one pickle serves all. */
    private static final String HEADER = """
            class Model(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              weights : Dict[str, Tensor]
              probes : Dict[str, Tensor]
              probing : bool
              many_rows : bool
            """;

    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

    private ProgramArchive() {}

    /**
     * @param resources class-path names of the program's texts, one after another in one class body
     * @return the archive's bytes
     */
    static byte[] of(String... resources) {
        StringBuilder source = new StringBuilder(HEADER);
        for (String resource : resources) {
            source.append('\n').append(text(resource));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "m/version", "3\n".getBytes(StandardCharsets.US_ASCII));
            store(zip, "m/constants.pkl", EMPTY_TUPLE);
            store(zip, "m/code/__torch__.py", source.toString().getBytes(StandardCharsets.UTF_8));
            store(zip, "m/data.pkl", attributes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String text(String resource) {
        try (InputStream stream = ProgramArchive.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("The device program " + resource + " is missing from the core's jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** Pickle, protocol 2: a {@code __torch__.Model} whose attributes are off, empty and untrained. */
    private static byte[] attributes() {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 2});
        global(pickle, "__torch__", "Model");
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
        flag(pickle, "training");
        dictionary(pickle, "weights");
        dictionary(pickle, "probes");
        flag(pickle, "probing");
        flag(pickle, "many_rows");
        pickle.writeBytes(new byte[] {'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static void flag(ByteArrayOutputStream pickle, String name) {
        text(pickle, name);
        pickle.write(0x89);
    }

    /** An empty dictionary that knows its type. */
    private static void dictionary(ByteArrayOutputStream pickle, String name) {
        text(pickle, name);
        global(pickle, "torch.jit._pickle", "restore_type_tag");
        pickle.write('}');
        text(pickle, "Dict[str, Tensor]");
        pickle.writeBytes(new byte[] {(byte) 0x86, 'R'});
    }

    private static void global(ByteArrayOutputStream pickle, String module, String name) {
        pickle.write('c');
        pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void text(ByteArrayOutputStream pickle, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        pickle.writeBytes(new byte[] {'X', (byte) bytes.length, 0, 0, 0});
        pickle.writeBytes(bytes);
    }
}
