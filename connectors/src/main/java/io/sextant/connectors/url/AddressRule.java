package io.sextant.connectors.url;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Which addresses of the network may be asked for images. */
enum AddressRule {
    /** What everybody on the Internet reaches. */
    PUBLIC,
    /** That, this machine, and networks of one's own. */
    PRIVATE_TOO;

    /*
     * Blocks of IANA's registries of special-purpose addresses. Of IPv6 only 2000::/3 is given out to hosts at all, so that addresses
     * which hold one of IPv4 in another block, such as ::ffff:0:0/96 and 64:ff9b::/96, need no line of their own.
     */
    private static final List<Block> SPECIAL = List.of(
            Block.of("0.0.0.0", 8),
            Block.of("192.0.0.0", 24),
            Block.of("192.0.2.0", 24),
            Block.of("192.88.99.0", 24),
            Block.of("198.18.0.0", 15),
            Block.of("198.51.100.0", 24),
            Block.of("203.0.113.0", 24),
            Block.of("224.0.0.0", 3),
            // Of the link, with the descriptions of machines that clouds keep there; one cloud has them at an address
            // of its own.
            Block.of("169.254.0.0", 16),
            Block.of("168.63.129.16", 32),
            Block.of("2001::", 23),
            Block.of("2001:db8::", 32),
            Block.of("2002::", 16));

    private static final Block GIVEN_OUT = Block.of("2000::", 3);

    private static final List<Block> PRIVATE = List.of(
            Block.of("10.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("127.0.0.0", 8),
            Block.of("172.16.0.0", 12),
            Block.of("192.168.0.0", 16),
            Block.of("::1", 128),
            Block.of("fc00::", 7));

    /** What clouds keep in private networks is for nobody to read. */
    private static final List<Block> METADATA = List.of(Block.of("100.100.100.200", 32), Block.of("fd00:ec2::", 32));

    boolean allows(InetAddress address) {
        if (PRIVATE.stream().anyMatch(block -> block.holds(address))) {
            return this == PRIVATE_TOO && METADATA.stream().noneMatch(block -> block.holds(address));
        }
        return SPECIAL.stream().noneMatch(block -> block.holds(address))
                && (address instanceof Inet4Address || GIVEN_OUT.holds(address));
    }
}
