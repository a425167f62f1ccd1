package io.sextant.app.http;

import java.util.Map;

/** Doors as they are by default, but that a body has only so long. */
public final class AttackProfile extends DoorsProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> keys = super.getConfigOverrides();
        keys.put("sextant.http.max-concurrent-requests", "16");
        keys.put("sextant.http.body-timeout", "5s");
        return keys;
    }
}
