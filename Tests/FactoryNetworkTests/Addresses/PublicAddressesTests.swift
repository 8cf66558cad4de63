import Testing

@testable import FactoryNetwork

@Suite("A public address") struct PublicAddressesTests {
    @Test(
        "is none of the special ones",
        arguments: [
            "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.0",
            "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255", "172.16.0.0",
            "172.31.255.255", "192.0.0.0", "192.0.0.255", "192.0.2.0", "192.0.2.255", "192.88.99.0", "192.88.99.255",
            "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.0", "198.51.100.255",
            "203.0.113.0", "203.0.113.255", "224.0.0.0", "239.255.255.255", "240.0.0.0", "255.255.255.254",
            "255.255.255.255", "::", "::1", "fe80::", "fe80::1", "febf:ffff::", "fec0::1", "fc00::", "fd00:ec2::254",
            "fdff:ffff::1", "ff00::", "ff02::1", "2001:db8::", "2001:db8:ffff::1", "100::1",
            "64:ff9b:1:7f00:1::", "64:ff9b:1::8.8.8.8", "::ffff:0:127.0.0.1", "3fff::1", "2001:2::1", "5f00::1",
            "4000::1", "1000::1",
        ])
    func refused(text: String) throws {
        #expect(!PublicAddresses.contains(try #require(IPAddress(text))))
    }

    @Test(
        "does not carry a special IPv4 address",
        arguments: [
            "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:169.254.169.254", "::127.0.0.1", "::192.168.1.1",
            "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::10.0.0.1", "2002:7f00:1::", "2002:c0a8:0101::1",
            "2002:a9fe:a9fe::", "2001:0:7f00:1::", "2001::80ff:fffe", "2001:0:5db8:d822::f5ff:fffe",
        ])
    func carried(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!PublicAddresses.contains(address))
        #expect(!PublicAddresses.carriedAddresses(of: address).isEmpty)
    }

    @Test(
        "is any other, to the edges of the special ranges",
        arguments: [
            "1.0.0.0", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255",
            "192.0.1.0", "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0",
            "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0",
            "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888", "2001:db7:ffff::", "2001:db9::",
            "2002:0808:0808::", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8",
        ])
    func admitted(text: String) throws {
        #expect(PublicAddresses.contains(try #require(IPAddress(text))))
    }

    @Test(
        "is written in one way only",
        arguments: [
            "127.1", "0x7f.0.0.1", "2130706433", "017700000001", "127.0.0.01", "127.0.0.256", "127.0.0.1.", "1.2.3",
            "1.2.3.4.5", " 1.2.3.4", "1.2.3.4 ", "1.2.3.+4", "", "::1%lo", "[::1]", "1::2::3", "12345::", "::g",
            "１.2.3.4", "1.2.3.4\0",
        ])
    func notCanonical(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("prints as it is read", arguments: ["8.8.8.8", "::", "::1", "2001:db8::1", "fe80::1", "::ffff:1.2.3.4"])
    func prints(text: String) throws {
        #expect(try #require(IPAddress(text)).description == text)
    }
}
