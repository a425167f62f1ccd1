package io.sextant.app.pipeline;

import io.sextant.routes.config.Problems;
import io.sextant.routes.config.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Where health is told. Quarkus finds out that it cannot be there when the model has long been loaded.
 *
 * @param host as configured
 * @param port as configured; {@code 0} for any that is free
 */
record HealthAddress(String host, String port) {
    private static final String HOST = "quarkus.http.host";
    private static final String PORT = "quarkus.http.port";

    /** As in application.properties of this program. */
    private static final String USUAL_HOST = "127.0.0.1";

    private static final String USUAL_PORT = "8080";
    private static final int MAX_PORT = 65_535;

    static HealthAddress configured(List<ConfigSource> files) {
        return new HealthAddress(
                SettingsReader.foreignValue(files, HOST).orElse(USUAL_HOST),
                SettingsReader.foreignValue(files, PORT).orElse(USUAL_PORT));
    }

    /** @param problems gets what keeps health from being told there */
    void check(Problems problems) {
        int number = number();
        if (number < 0) {
            problems.add(PORT + "=" + port + " is no port; write a number in 0..65535, 0 for any that is free.");
            return;
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(address, number));
            }
        } catch (UnknownHostException e) {
            problems.add(HOST + "=" + host + " is not known here; name an address of this machine.");
        } catch (IOException e) {
            problems.add(PORT + "=" + port + " cannot be used on " + HOST + "=" + host + " (" + e.getMessage()
                    + "); choose another, or 0 for any that is free.");
        }
    }

    private int number() {
        try {
            int number = Integer.parseInt(port.strip());
            return number > MAX_PORT ? -1 : number;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
