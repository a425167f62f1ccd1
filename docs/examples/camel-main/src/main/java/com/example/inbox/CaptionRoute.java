package com.example.inbox;

import org.apache.camel.builder.RouteBuilder;

/** Writes what is seen on each image of a folder into a file, and hands the image on to the route of find.yaml. */
public final class CaptionRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("file:{{inbox}}?noop=true")
                .routeId("caption")
                .to("sextant:caption")
                .to("file:{{results}}?fileName=${file:name}.json")
                .to("direct:find");
    }
}
