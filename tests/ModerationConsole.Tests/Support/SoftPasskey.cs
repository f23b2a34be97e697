using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ModerationConsole.Tests.Support;

/// <summary>A passkey and the browser that holds it, as of WebAuthn Level 3, with a key of P-256 and no attestation; what it says can be bent.</summary>
public sealed class SoftPasskey : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _user = "";

    /// <summary>Its name.</summary>
    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>The page that the browser says it is on.</summary>
    public string Origin { get; init; } = "https://console.example";

    /// <summary>Whether that page stands in a frame of another's.</summary>
    public bool CrossOrigin { get; init; }

    /// <summary>For whom the key was made; what the options say if null.</summary>
    public string? Site { get; init; }

    /// <summary>Whether its holder showed that they are there, and who.</summary>
    public bool Verified { get; init; } = true;

    /// <summary>The same key in another browser, or on another page.</summary>
    public SoftPasskey Elsewhere(string? origin = null, bool crossOrigin = false, string? site = null, bool verified = true)
    {
        SoftPasskey other = new() { Id = Id, Origin = origin ?? Origin, CrossOrigin = crossOrigin, Site = site, Verified = verified };
        other._key.ImportParameters(_key.ExportParameters(includePrivateParameters: true));
        other._user = _user;
        return other;
    }

    /// <summary>Answers to what a page asks to make a passkey.</summary>
    public string Make(string options)
    {
        JsonNode asked = JsonNode.Parse(options)!;
        _user = asked["user"]!["id"]!.GetValue<string>();
        ECParameters point = _key.ExportParameters(includePrivateParameters: false);
        // COSE_Key: EC2, ES256, P-256 (RFC 9053).
        byte[] publicKey = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.Q.X!, 0x22, 0x58, 0x20, .. point.Q.Y!];
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)Id.Length);
        byte[] data = [.. DataFor(asked["rp"]!["id"]!.GetValue<string>(), HasCredential), .. new byte[16], .. length, .. Id, .. publicKey];
        byte[] attestation =
            [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Text(ClientData("webauthn.create", asked)),
            ["attestationObject"] = Text(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Answers to what a page asks to use a passkey.</summary>
    /// <param name="user">Whose it says it is; whose it is if null.</param>
    public string Use(string options, string? user = null)
    {
        JsonNode asked = JsonNode.Parse(options)!;
        byte[] data = DataFor(asked["rpId"]!.GetValue<string>(), 0);
        byte[] client = ClientData("webauthn.get", asked);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(_key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = user is null ? _user : Text(Encoding.UTF8.GetBytes(user)),
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] DataFor(string site, byte flags) =>
        [.. SHA256.HashData(Encoding.UTF8.GetBytes(Site ?? site)), (byte)(UserPresent | flags | (Verified ? UserVerified : 0)), 0, 0, 0, 0];

    private byte[] ClientData(string type, JsonNode asked) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type,
        ["challenge"] = asked["challenge"]!.GetValue<string>(),
        ["origin"] = Origin,
        ["crossOrigin"] = CrossOrigin,
    }.ToJsonString());

    private string Credential(JsonObject response) => new JsonObject
    {
        ["id"] = Text(Id),
        ["rawId"] = Text(Id),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
