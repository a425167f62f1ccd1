package io.sextant.app.security;

/**
 * In which order a call is looked at before its resource gets it, lowest first. Quarkus logs in at -200 and asks for roles at -100; its
 * filters have the same numbers without the sign.
 */
public final class CallOrder {
    /** What fails at the login and for lack of a role is told here; a body that nobody says the type of gets one. */
    public static final int LOGIN = -100;

    /** All other failures outside of resources are told here, behind those of the login. */
    public static final int FAILURES = LOGIN + 1;

    /** By which name, from which page, how long, in which session of the tools: whoever may call, but not like that, is refused before the body. */
    public static final int HEADERS = -90;

    /** The body is taken whole. */
    public static final int BODY = -85;

    /** Messages to the tools are looked at, with their body. */
    public static final int TOOLS = -80;

    private CallOrder() {}
}
