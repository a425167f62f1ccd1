package io.sextant.core.internal.language;

import io.sextant.core.internal.device.DeviceProgram;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many rows the calls of a decoder have, and which of them are few: as many as it takes for each row's result to be its own
 * ({@link RowIndependence}), and for few rows, where more of them are over sooner, so many.
 *
 * <h2>Why more rows can be over sooner</h2>
 *
 * Libraries have kernels for ranges of rows. On an AMD EPYC with AVX-512 the {@code int8} products of the published size took 10 % less time for four
 * rows than for one, and 30 % less than for two. Since numbers of rows of the same multiple give the same results, only the time is at stake.
 *
 * <p>So it is with few and many rows, which int4 weights have products of their own for ({@code linear.py}): few read the least, many compute
 * the fastest.
 */
final class RowNumbers {
    private static final Logger LOGGER = LoggerFactory.getLogger(RowNumbers.class);

    /** Rows up to which more of them are tried: from there on they cost what they are. */
    private static final int MOST_TRIED = 8;

    private static final int ROUNDS = 5;

    /** What a number of rows must win to be taken in place of a smaller one; less may be chance. */
    private static final double WORTH_IT = 0.95;

    /**
     * Rows from which on int4 weights are multiplied as many where nothing was measured: by then unpacking them at each call costs less than
     * what libtorch's int4 product computes.
     */
    private static final int MANY = 32;

    private final int multiple;

    /** At each number of rows up to {@link #MOST_TRIED} the one to compute in its place. */
    private final int[] instead;

    /** Rows from which on they are many. */
    private final int many;

    private RowNumbers(int multiple, int[] instead, int many) {
        this.multiple = multiple;
        this.instead = instead;
        this.many = many;
    }

    /** Only multiples of a number. */
    static RowNumbers multiplesOf(int multiple) {
        return new RowNumbers(multiple, new int[] {}, MANY);
    }

    /**
     * As {@link #multiplesOf}, where fewer rows than another number take longer than that does. Few rows are not computed as many ones: what is
     * won is little, and a step has more to compute than products.
     *
     * @param few seconds at a number of rows that are multiplied as few
     * @param many the same of rows that are multiplied as many; as long, or empty where it is not known
     */
    static RowNumbers of(int multiple, double[] few, double[] many) {
        int firstMany = MANY;
        double[] seconds = few.clone();
        for (int rows = many.length - 1; rows > 0; rows--) {
            if (many[rows] < few[rows]) {
                firstMany = rows;
                seconds[rows] = many[rows];
            } else if (rows % multiple == 0) {
                break;
            }
        }
        int[] instead = new int[seconds.length];
        for (int rows = 1; rows < seconds.length; rows++) {
            int best = roundedUp(rows, multiple);
            int end = best < firstMany ? Math.min(firstMany, seconds.length) : seconds.length;
            for (int more = best + multiple; more < end; more += multiple) {
                if (seconds[more] < WORTH_IT * seconds[best]) {
                    best = more;
                }
            }
            instead[rows] = best;
        }
        return new RowNumbers(multiple, instead, firstMany);
    }

    /**
     * As these, and after measuring the products of a decoder whose weights have their final form. These themselves where that cannot be done,
     * for lack of memory, say.
     *
     * @param hasTwoProducts whether there is one for few rows and another for many
     * @param layers whose products to take by turns, so that none is in the processor's cache
     * @param stepSize what the decoder's calls are sized as
     */
    RowNumbers measured(DeviceProgram program, boolean hasTwoProducts, int layers, long stepSize) {
        if (multiple > MOST_TRIED) {
            return hasTwoProducts ? new RowNumbers(multiple, instead, multiple) : this;
        }
        RowNumbers numbers;
        try {
            double[] few = seconds(program, false, layers, stepSize);
            double[] many = hasTwoProducts ? seconds(program, true, layers, stepSize) : new double[0];
            numbers = of(multiple, few, many);
        } catch (RuntimeException | Error e) { // want of memory above all, of the device or of Java
            LOGGER.atWarn()
                    .addKeyValue("reason", e)
                    .log("how many rows are computed soonest cannot be measured; answers stay the same");
            return this;
        }
        LOGGER.atInfo()
                .addKeyValue("instead", Arrays.toString(numbers.instead))
                .addKeyValue("many", numbers.many)
                .log("measured how many rows to compute in place of fewer");
        return numbers;
    }

    /** Of a product, the least of some rounds, at each multiple. */
    private double[] seconds(DeviceProgram program, boolean many, int layers, long stepSize) {
        double[] least = new double[MOST_TRIED + 1];
        Arrays.fill(least, Double.MAX_VALUE);
        int turn = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            for (int rows = multiple; rows <= MOST_TRIED; rows += multiple) {
                String weight = "model.layers." + turn++ % layers + ".mlp.gate_proj.weight";
                long start = System.nanoTime();
                program.callSized(stepSize, "timed_product", weight, rows, many).close();
                if (round > 0) {
                    least[rows] = Math.min(least[rows], (System.nanoTime() - start) / 1e9);
                }
            }
        }
        return least;
    }

    /** What the number of rows of every call is a multiple of. */
    int multiple() {
        return multiple;
    }

    /** How many rows to compute for some that are asked for. */
    int padded(int rows) {
        return rows < instead.length ? instead[rows] : roundedUp(rows, multiple);
    }

    /** Whether so many rows, padded, are multiplied as many. */
    boolean isMany(int rows) {
        return rows >= many;
    }

    private static int roundedUp(int rows, int multiple) {
        return (rows + multiple - 1) / multiple * multiple;
    }
}
