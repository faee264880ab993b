// The certificate of the stand-in's https mode: self-signed for localhost, trusted by nobody, secret from nobody.

/** PEM; also what a client has to trust for the connection to verify. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBejCCAR+gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABA2sWmK4RgBp6XNv
ymcR82F9o4wg/tCFS3wJLYpLoQZWF9oKL0FoLOsp7dXWaFrojCUzrUfNB9fyXcJK
O47TIe6jYDBeMCwGA1UdEQQlMCOCCWxvY2FsaG9zdIcEfwAAAYcQAAAAAAAAAAAA
AAAAAAAAATAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBTrKgLJZ0l8Mz+gTpK9
nL5RN6jVcjAKBggqhkjOPQQDAgNJADBGAiEA577gRwax9NDXPb/T6lDActWxufya
mDZNFJGhGH+OzWICIQDY6N+o9mlYAVqLzRLRwmGUdFZkbGZxqOjyUcCBjqUyDg==
-----END CERTIFICATE-----
`;

/** PEM; its only use is to speak TLS on loopback in tests. */
export const CERTIFICATE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVbGcnDOfQdU/IVZ5
aLCrd+Ge8vxdztB1Rakhxr0t6FKhRANCAAQNrFpiuEYAaelzb8pnEfNhfaOMIP7Q
hUt8CS2KS6EGVhfaCi9BaCzrKe3V1mha6IwlM61HzQfX8l3CSjuO0yHu
-----END PRIVATE KEY-----
`;
