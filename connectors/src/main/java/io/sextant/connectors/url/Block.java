package io.sextant.connectors.url;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses with the same first bits. */
final class Block {
    private final byte[] first;
    private final int bits;

    private Block(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /** @param address as numbers */
    static Block of(String address, int bits) {
        try {
            return new Block(InetAddress.getByName(address).getAddress(), bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no address", e);
        }
    }

    /** Whether it is one of them; one of IPv4 and one of IPv6 never are the same. */
    boolean holds(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != first.length || !Arrays.equals(bytes, 0, bits / 8, first, 0, bits / 8)) {
            return false;
        }
        int rest = bits % 8;
        int shift = 8 - rest;
        return rest == 0 || (bytes[bits / 8] & 0xff) >> shift == (first[bits / 8] & 0xff) >> shift;
    }
}
