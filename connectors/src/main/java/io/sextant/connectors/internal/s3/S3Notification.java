package io.sextant.connectors.internal.s3;

import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.connectors.NotificationFormat;
import io.sextant.connectors.NotifiedObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The notifications S3 sends about objects, in the shape AWS publishes: {@code {"Records": [{"eventSource": "aws:s3", …}]}}. */
final class S3Notification implements NotificationFormat {
    /** Also the test event that comes when notifications are switched on. */
    @Override
    public boolean isOne(JsonNode node) {
        return node.path("Event").asText().equals("s3:TestEvent")
                || (node.path("Records").isArray() && !node.has("image"));
    }

    @Override
    public List<NotifiedObject> objects(JsonNode node) {
        List<NotifiedObject> objects = new ArrayList<>();
        int number = 0;
        for (JsonNode event : node.path("Records")) {
            String where = "Records[" + number++ + "]";
            String source = event.path("eventSource").asText();
            if (!source.endsWith(":s3")) {
                throw new IllegalArgumentException(where + " is no event of S3");
            }
            String bucket = event.at("/s3/bucket/name").asText();
            String key = event.at("/s3/object/key").asText();
            if (!event.path("eventName").asText().replaceFirst("^s3:", "").startsWith("ObjectCreated")) {
                continue;
            }
            if (bucket.isEmpty() || key.isEmpty()) {
                throw new IllegalArgumentException(where + " lacks s3.bucket.name or s3.object.key");
            }
            String place = S3References.FORM + bucket + "/";
            objects.add(new NotifiedObject(place + decoded(key), place + key));
        }
        return objects;
    }

    /** Keys come URL-encoded, with '+' for a blank; but Ceph writes them raw, and what cannot be decoded is raw. */
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
