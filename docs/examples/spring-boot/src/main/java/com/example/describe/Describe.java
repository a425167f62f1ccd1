package com.example.describe;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Describes every image in the folder {@code inbox}, until it is stopped. */
@SpringBootApplication
public class Describe {
    /** Runs it. */
    public static void main(String[] arguments) {
        SpringApplication.run(Describe.class, arguments);
    }
}
