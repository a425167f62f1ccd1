package io.sextant.core.model;

import java.util.Optional;

/** The released checkpoints whose digest is known. */
enum ReleasedCheckpoint {
    /** Size and digest as in the pointer file of the public demo on Hugging Face (camenduru/MiniGPT-v2-hf, ed6d310). */
    ONLINE_DEMO(
            "minigptv2_checkpoint.pth of the public online demo",
            679_807_405,
            "0d91a25269fb6648d9d6a23dbecbd33c9866610016e10fc1d707f97625d399b4");

    private final String title;
    private final long bytes;
    private final String sha256;

    ReleasedCheckpoint(String title, long bytes, String sha256) {
        this.title = title;
        this.bytes = bytes;
        this.sha256 = sha256;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** Whether a file of this size may be one of them. */
    static boolean anyHasSize(long bytes) {
        for (ReleasedCheckpoint checkpoint : values()) {
            if (checkpoint.bytes == bytes) {
                return true;
            }
        }
        return false;
    }

    /** The checkpoint of this SHA-256, 64 lower-case hex digits. */
    static Optional<ReleasedCheckpoint> ofDigest(String sha256) {
        for (ReleasedCheckpoint checkpoint : values()) {
            if (checkpoint.sha256.equals(sha256)) {
                return Optional.of(checkpoint);
            }
        }
        return Optional.empty();
    }
}
