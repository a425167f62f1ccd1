package com.example.inbox;

import org.apache.camel.main.Main;

/** Asks about every image in the folder {@code inbox}, until it is stopped. */
public final class Inbox {
    private Inbox() {}

    /** The application: one Java route here; the YAML and XML routes and the model are named in application.properties. */
    static Main application() {
        Main main = new Main(Inbox.class);
        main.configure().addRoutesBuilder(new CaptionRoute());
        return main;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        application().run(arguments);
    }
}
