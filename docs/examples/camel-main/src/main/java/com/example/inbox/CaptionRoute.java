package com.example.inbox;

import org.apache.camel.builder.RouteBuilder;

/** Writes what is seen on an image into a file beside the others' results. */
public final class CaptionRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("file:{{inbox}}?noop=true")
                .routeId("caption")
                .to("sextant:caption")
                .to("file:{{results}}?fileName=${file:name}.json");
    }
}
