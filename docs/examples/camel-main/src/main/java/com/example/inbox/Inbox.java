package com.example.inbox;

import org.apache.camel.main.Main;

/** Asks about every image in the folder {@code inbox}, until it is stopped. */
public final class Inbox {
    private Inbox() {}

    /** The application: Camel finds the Java route beside this class; the YAML and XML routes and the models are named in application.properties. */
    static Main application() {
        return new Main(Inbox.class);
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        application().run(arguments);
    }
}
