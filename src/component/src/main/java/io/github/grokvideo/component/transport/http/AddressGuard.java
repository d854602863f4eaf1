// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Prevents server-side request forgery: the address of a download comes from a gateway's answer, so it must not reach this machine's
 * private network. Thread-safe.
 */
public final class AddressGuard {

    /** Special-purpose blocks of the IANA IPv4 registry, and Azure's metadata server, which has a public address. */
    private static final List<Block> CLOSED_V4 = blocks(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
            "240.0.0.0/4", "168.63.129.16/32");
    /** The public IPv6 Internet. Loopback, ULA, link-local, multicast, mapped IPv4 and the rest are outside. */
    private static final Block GLOBAL_V6 = Block.of("2000::/3");
    /** IETF protocol assignments with Teredo, and documentation. */
    private static final List<Block> CLOSED_V6 = blocks("2001::/23", "2001:db8::/32", "3fff::/20");
    /** Blocks that embed an IPv4 address, which is the one to check. */
    private static final Block NAT64 = Block.of("64:ff9b::/96");
    private static final int NAT64_OFFSET = 12;
    private static final Block SIX_TO_FOUR = Block.of("2002::/16");
    private static final int SIX_TO_FOUR_OFFSET = 2;

    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    /** A host that ends in a number, as the URL standard defines it, is never a name. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)", Pattern.CASE_INSENSITIVE);

    /** Resolves host names. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Resolver resolver;

    AddressGuard(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Resolves once. The caller must connect to a returned address, since a second look-up could return others.
     *
     * @param  anyAddress whether private addresses are allowed
     * @return            all addresses of the host, each of them checked
     */
    InetAddress[] resolve(String host, boolean anyAddress) throws UnknownHostException, RefusedAddressException {
        InetAddress[] addresses = resolver.resolve(host);
        if (!anyAddress) {
            for (InetAddress address : addresses) {
                if (!isPublic(address)) {
                    throw new RefusedAddressException(host + " is a private address");
                }
            }
        }
        return addresses;
    }

    /** For hosts that a proxy resolves: refuses private ones that are recognizable without a look-up. */
    void checkLiteral(String host) throws RefusedAddressException {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        boolean closed;
        if (name.indexOf(':') >= 0 || DOTTED_QUAD.matcher(name).matches()) {
            closed = !isPublicLiteral(name);
        } else {
            closed = ENDS_IN_NUMBER.matcher(name).matches() || name.equals("localhost") || name.endsWith(".localhost");
        }
        if (closed) {
            throw new RefusedAddressException(host + " is a private address");
        }
    }

    private static boolean isPublicLiteral(String literal) {
        try {
            // A literal is only parsed, never looked up.
            return isPublic(InetAddress.getByName(literal));
        } catch (UnknownHostException malformed) {
            return false;
        }
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return CLOSED_V4.stream().noneMatch(block -> block.contains(bytes));
        }
        if (NAT64.contains(bytes)) {
            return isPublicV4(bytes, NAT64_OFFSET);
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return isPublicV4(bytes, SIX_TO_FOUR_OFFSET);
        }
        return GLOBAL_V6.contains(bytes) && CLOSED_V6.stream().noneMatch(block -> block.contains(bytes));
    }

    private static boolean isPublicV4(byte[] bytes, int offset) {
        byte[] embedded = Arrays.copyOfRange(bytes, offset, offset + 4);
        return CLOSED_V4.stream().noneMatch(block -> block.contains(embedded));
    }

    private static List<Block> blocks(String... cidrs) {
        return Arrays.stream(cidrs).map(Block::of).toList();
    }

    /** A block of addresses with a common prefix. */
    private record Block(byte[] prefix, int bits) {

        static Block of(String cidr) {
            int slash = cidr.indexOf('/');
            try {
                return new Block(InetAddress.getByName(cidr.substring(0, slash)).getAddress(), Integer.parseInt(cidr.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(cidr, e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0;
        }
    }
}
