package io.sextant.connectors.internal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.archive.ImageArchive;
import io.sextant.connectors.archive.StoredImage;
import io.sextant.core.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class S3ImagesTest {
    private final MemoryS3 s3 = new MemoryS3();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void fill() {
        context.getRegistry().bind("memory", s3);
        for (String key :
                List.of("photos/a.jpg", "photos/b.jpg", "photos/trip/c.jpg", "photos/trip/d.jpg", "photos-old/e.jpg")) {
            s3.put("bucket", key, "image");
        }
        s3.put("bucket", "photos/", "");
        s3.put("bucket", "photos/.hidden/a.jpg", "image");
        s3.put("bucket", "photos/a.jpg.caption.json", "{}");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void listsAllBelowThePlacePageByPage() {
        assertThat(names(null)).containsExactly("a.jpg", "b.jpg", "trip/c.jpg", "trip/d.jpg");
        assertThat(s3.requests())
                .filteredOn(request -> request.startsWith("list"))
                .hasSizeGreaterThan(3);
    }

    @Test
    void goesOnBehindTheLastOne() {
        assertThat(names("b.jpg")).containsExactly("trip/c.jpg", "trip/d.jpg");
        assertThat(names("trip/d.jpg")).isEmpty();
    }

    @Test
    void tellsOfEachWhatMessagesAndFiltersNeed() {
        List<StoredImage> found = new ArrayList<>();
        archive("s3:bucket/photos/trip").forEach("c.jpg", found::add);
        assertThat(found).singleElement().satisfies(image -> {
            assertThat(image.reference()).isEqualTo("s3://bucket/photos/trip/d.jpg");
            assertThat(image.name()).isEqualTo("d.jpg");
            assertThat(image.bytes()).isEqualTo(5);
        });
    }

    @Test
    void goesOnBehindAnObjectThatNobodyMayLookAt() {
        s3.put("bucket", "photos/b.jpg.caption.png", "image");
        s3.deny("bucket/photos/b.jpg.caption.png");
        assertThat(names(null)).containsExactly("a.jpg", "b.jpg", "b.jpg.caption.png", "trip/c.jpg", "trip/d.jpg");

        s3.failReadsWith(SdkClientException.create("Connection refused"));
        assertThatThrownBy(() -> names(null))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("b.jpg.caption.png");
    }

    @Test
    void saysWhatCannotBeListed() {
        s3.failAsAway();
        assertThatThrownBy(() -> names(null))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("s3:bucket/photos");
        assertThatThrownBy(() -> archive("s3:bucket?none=1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("none");
    }

    private List<String> names(@Nullable String after) {
        List<String> names = new ArrayList<>();
        archive("s3:bucket/photos").forEach(after, image -> names.add(image.name()));
        return names;
    }

    private ImageArchive archive(String place) {
        return new S3Connector()
                .images(place + (place.indexOf('?') < 0 ? "?" : "&") + "amazonS3Client=#memory", context);
    }
}
