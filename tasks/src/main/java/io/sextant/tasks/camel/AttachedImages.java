package io.sextant.tasks.camel;

import jakarta.activation.DataHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachmentMessage;
import org.apache.camel.util.ObjectHelper;

/**
 * What is attached to a message, as mails, forms with files and {@code unmarshal().mimeMultipart()} have it. Where Camel's attachments
 * are not on the class path, nothing is.
 */
final class AttachedImages {
    private static final boolean ARE_KNOWN = ObjectHelper.loadClass(
                    "org.apache.camel.attachment.AttachmentMessage", AttachedImages.class.getClassLoader())
            != null;

    private AttachedImages() {}

    /** The attachments whose media type is an image's, in their order. */
    static List<Attached> of(Exchange exchange) {
        return all(exchange).stream().filter(Attached::isImage).toList();
    }

    /** All attachments, by name and media type, for messages; empty where there are none. */
    static String told(Exchange exchange) {
        List<String> told = all(exchange).stream()
                .map(attached -> "\"" + attached.name() + "\" (" + attached.type() + ")")
                .toList();
        return String.join(", ", told);
    }

    /** Whether a media type, or what a header says, is an image's. */
    static boolean isImage(String type) {
        return type.strip().toLowerCase(Locale.ROOT).startsWith("image/");
    }

    private static List<Attached> all(Exchange exchange) {
        return ARE_KNOWN ? Known.all(exchange) : List.of();
    }

    /**
     * One attachment.
     *
     * @param type its media type
     */
    record Attached(String name, String type, Content content) {
        boolean isImage() {
            return AttachedImages.isImage(type);
        }
    }

    /** What is read. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    /** Loaded only where Camel's attachments are. */
    private static final class Known {
        static List<Attached> all(Exchange exchange) {
            AttachmentMessage message = new DefaultAttachmentMessage(exchange.getMessage());
            if (!message.hasAttachments()) {
                return List.of();
            }
            List<Attached> all = new ArrayList<>();
            for (Map.Entry<String, DataHandler> each : message.getAttachments().entrySet()) {
                DataHandler content = each.getValue();
                all.add(new Attached(each.getKey(), String.valueOf(content.getContentType()), content::getInputStream));
            }
            return all;
        }
    }
}
