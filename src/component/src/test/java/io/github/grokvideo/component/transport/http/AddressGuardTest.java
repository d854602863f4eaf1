// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(InetAddress::getAllByName);

    @ParameterizedTest
    @ValueSource(strings = {
            "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "100.127.255.255",
            "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1",
            "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1",
            "255.255.255.255", "168.63.129.16",
            "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254",
            "ff02::1", "100::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2001::1", "2001:1ff::1", "2001:db8::1",
            "2002:7f00:1::", "2002:c0a8:101::1", "3fff::1", "5f00::1", "4000::1"})
    void refuses(String address) throws Exception {
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isFalse();
        assertThatThrownBy(() -> guard.checkLiteral(address)).isInstanceOf(RefusedAddressException.class);
        assertThatThrownBy(() -> guard.resolve(address, false)).isInstanceOf(RefusedAddressException.class);
        assertThatCode(() -> guard.resolve(address, true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "169.253.1.1",
            "172.15.255.255", "172.32.0.1", "192.167.1.1", "192.0.1.1", "198.17.255.255", "198.20.0.1", "223.255.255.255",
            "168.63.129.17", "2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450::1", "64:ff9b::808:808", "2002:808:808::1"})
    void lets(String address) throws Exception {
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isTrue();
        assertThatCode(() -> guard.checkLiteral(address)).doesNotThrowAnyException();
        assertThat(guard.resolve(address, false)).hasSize(1);
    }

    /** Java turns these into IPv4 by itself, unless somebody builds them by hand. */
    @Test
    void refusesMappedAddressesThatStayedIpv6() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 8;
        mapped[15] = 8;
        assertThat(AddressGuard.isPublic(Inet6Address.getByAddress(null, mapped, 0))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "localhost.", "api.localhost", "127.1", "2130706433", "0x7f000001",
            "0x7f.1", "017700000001", "127.0.0.1.", "0177.0.0.1", "1.2.3.0x4", "300.1.1.1"})
    void refusesOddSpellingsBehindAProxy(String host) {
        assertThatThrownBy(() -> guard.checkLiteral(host)).isInstanceOf(RefusedAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vidgen.x.ai", "1.example.com", "cdn-0x7f.example", "0xcafe.io", "my_bucket.s3.amazonaws.com"})
    void letsNamesBehindAProxy(String host) {
        assertThatCode(() -> guard.checkLiteral(host)).doesNotThrowAnyException();
    }

    @Test
    void oneClosedAddressAmongOpenOnesIsEnough() {
        AddressGuard mixed = new AddressGuard(host -> new InetAddress[] {
            InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1")});
        assertThatThrownBy(() -> mixed.resolve("video.test", false)).isInstanceOf(RefusedAddressException.class)
                .hasMessage("video.test is a private address");
    }
}
