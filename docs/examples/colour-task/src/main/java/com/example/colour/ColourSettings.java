package com.example.colour;

import io.sextant.core.error.ConfigurationException;
import io.sextant.tasks.spi.TaskSettings;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of the task {@code colour}.
 *
 * @param palette key {@code palette}: the colours there are, as {@code name=#rrggbb} joined by commas
 */
record ColourSettings(Map<String, String> palette) {
    private static final String DEFAULT = "black=#000000,white=#ffffff,grey=#808080,red=#ff0000,green=#008000,"
            + "blue=#0000ff,yellow=#ffff00,brown=#8b4513,pink=#ffc0cb,purple=#800080";

    static ColourSettings of(TaskSettings settings) {
        Map<String, String> palette = new TreeMap<>();
        for (String entry : settings.get("palette", DEFAULT).split(",")) {
            if (!entry.matches("[a-z]+=#[0-9a-f]{6}")) {
                throw new ConfigurationException(settings.prefix() + ".palette has the entry \"" + entry
                        + "\"; write name=#rrggbb in lower case, entries joined by commas.");
            }
            palette.put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
        }
        return new ColourSettings(palette);
    }
}
