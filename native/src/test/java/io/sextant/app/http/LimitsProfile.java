package io.sextant.app.http;

import java.util.Map;

/** Doors with narrow limits: three questions a minute, and two seconds for a body. */
public final class LimitsProfile extends DoorsProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> keys = super.getConfigOverrides();
        keys.put("sextant.http.max-requests-per-minute", "3");
        keys.put("sextant.http.max-concurrent-requests", "16");
        keys.put("sextant.http.body-timeout", "2s");
        return keys;
    }
}
