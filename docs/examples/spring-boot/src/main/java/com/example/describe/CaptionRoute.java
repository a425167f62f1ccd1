package com.example.describe;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Writes what is seen on each image of a folder into a file. */
@Component
public class CaptionRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("file:{{inbox}}?noop=true")
                .routeId("caption")
                .to("sextant:caption?output=TEXT")
                .to("file:{{results}}?fileName=${file:name}.txt");
    }
}
