import java.util.Locale;
import java.util.Random;

/**
 * Simulates how long a number of instances takes to work an archive off from a topic: {@code java benchmarks/Fleet.java IMAGES SECONDS PARTITIONS}.
 *
 * <p>What it assumes: each message has a key of its own, so images fall into partitions at random; the group gives each instance the same number
 * of partitions, give or take one; an instance answers one image after the other, or as many at once as are in SECONDS already; an image's
 * time varies by half around its mean; an instance dies once a day on average, is back after {@link #RESTART_SECONDS}, and its partitions
 * wait that long, for what was under way is lost. The broker, the network and the store are never what holds it up.
 */
public final class Fleet {
    private static final int RESTART_SECONDS = 180;
    private static final double DEATHS_A_SECOND = 1.0 / 86_400;

    public static void main(String[] arguments) {
        long images = Long.parseLong(arguments[0]);
        double seconds = Double.parseDouble(arguments[1]);
        int partitions = Integer.parseInt(arguments[2]);
        System.out.println("| instances | hours | images an hour | of what as many alone would do |");
        System.out.println("| --- | --- | --- | --- |");
        for (int instances : new int[] {1, 2, 10, 50, 100, 300, 1000}) {
            double hours = hours(images, seconds, partitions, instances);
            double share = images * seconds / 3600 / instances / hours;
            System.out.printf(
                    Locale.ROOT, "| %,d | %,.1f | %,.0f | %.0f %% |%n", instances, hours, images / hours, 100 * share);
        }
    }

    /** Until the last partition is empty. */
    private static double hours(long images, double seconds, int partitions, int instances) {
        Random random = new Random(1);
        long[] left = new long[instances];
        for (long image = 0; image < images; image++) {
            left[random.nextInt(partitions) % instances]++;
        }
        double longest = 0;
        for (long own : left) {
            double now = 0;
            double death = nextDeath(random);
            for (long image = 0; image < own; image++) {
                double time = seconds * (0.5 + random.nextDouble());
                if (now + time > death) {
                    now = death + RESTART_SECONDS;
                    death = now + nextDeath(random);
                }
                now += time;
            }
            longest = Math.max(longest, now);
        }
        return longest / 3600;
    }

    private static double nextDeath(Random random) {
        return -Math.log(1 - random.nextDouble()) / DEATHS_A_SECOND;
    }
}
