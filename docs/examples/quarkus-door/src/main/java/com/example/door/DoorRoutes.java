package com.example.door;

import org.apache.camel.builder.RouteBuilder;

/** Two addresses: what a question's answer is, and where things are. */
public class DoorRoutes extends RouteBuilder {
    @Override
    public void configure() {
        from("platform-http:/ask?httpMethodRestrict=POST")
                .setHeader("SextantPrompt", header("question"))
                .to("sextant:vqa?output=TEXT");
        from("platform-http:/find?httpMethodRestrict=POST")
                .setHeader("SextantPrompt", header("things"))
                .to("sextant:detection?output=IMAGE");
    }
}
