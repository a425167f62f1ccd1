package io.sextant.app.replay;

import io.sextant.app.console.Printable;
import io.sextant.connectors.letter.DeadLetterReplay;
import io.sextant.connectors.letter.StoredLetter;
import java.io.PrintWriter;

/** Tells what becomes of dead letters, a line each. */
final class ReplayText implements DeadLetterReplay.Listener {
    private final PrintWriter out;
    private final boolean isRehearsal;

    ReplayText(PrintWriter out, boolean isRehearsal) {
        this.out = out;
        this.isRehearsal = isRehearsal;
    }

    /** What comes now lies there. */
    void place(String place) {
        line("Dead letters in " + place + ":");
    }

    @Override
    public void replayed(StoredLetter letter, String topic) {
        line((isRehearsal ? "  would be sent  " : "  sent  ") + letter.position() + " to " + topic + "  "
                + why(letter));
    }

    @Override
    public void refused(StoredLetter letter, String reason) {
        line("  refused  " + letter.position() + "  " + reason + "  " + why(letter));
    }

    /** How many there were. */
    void end(DeadLetterReplay.Report report) {
        out.println((isRehearsal ? "Would be sent: " : "Sent: ") + report.replayed() + ", refused: " + report.refused()
                + ", not chosen: " + report.others() + ".");
    }

    /** What is told comes from whoever sent the messages. */
    private void line(String text) {
        out.println(Printable.line(text));
    }

    private static String why(StoredLetter letter) {
        return "(" + letter.reason().pipeline() + ", " + letter.reason().category() + ": "
                + letter.reason().message() + ")";
    }
}
