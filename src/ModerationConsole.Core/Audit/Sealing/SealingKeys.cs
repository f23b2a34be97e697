using System.Security.Cryptography;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>
/// The key that signs tree heads, ECDSA on P-256, and the public halves of all keys that ever did. Made at first use and kept in
/// the data directory's <c>keys</c>, readable by the console's own account only. Read anew for each head, so that a rotation by
/// another process holds at once.
/// </summary>
public sealed class SealingKeys
{
    private const string Private = "audit-signing.pem";
    private const string PublicStart = "audit-signing-";
    private const string PublicEnd = ".pub.pem";
    private const string NextEnd = ".next.pem";

    private readonly string _folder;

    /// <summary>Keys of the console whose data directory this is.</summary>
    public SealingKeys(DatabaseOptions database)
    {
        ArgumentNullException.ThrowIfNull(database);
        _folder = Path.Combine(database.DataDirectory, "keys");
    }

    /// <summary>Public keys by id, SPKI: the one in use and those that were.</summary>
    public IReadOnlyDictionary<string, byte[]> PublicKeys()
    {
        Dictionary<string, byte[]> keys = new(StringComparer.Ordinal);
        if (!Directory.Exists(_folder))
        {
            return keys;
        }

        foreach (string path in Directory.EnumerateFiles(_folder, $"{PublicStart}*{PublicEnd}"))
        {
            using ECDsa key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(path));
            byte[] spki = key.ExportSubjectPublicKeyInfo();
            keys[TreeHeadForm.KeyId(spki)] = spki;
        }

        return keys;
    }

    /// <summary>Signs with the key in use.</summary>
    public SealSignature Sign(ReadOnlySpan<byte> data)
    {
        using ECDsa key = Current();
        return new SealSignature(
            TreeHeadForm.KeyId(key.ExportSubjectPublicKeyInfo()), key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    /// <summary>Id of the key in use.</summary>
    public string CurrentId()
    {
        using ECDsa key = Current();
        return TreeHeadForm.KeyId(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>Makes a new key, whose public half is kept at once, and returns its id. It signs nothing before <see cref="Adopt"/>.</summary>
    internal string Make()
    {
        using ECDsa fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFiles.CreateDirectory(_folder);
        string id = KeepPublic(fresh);
        PrivateFiles.WriteNew(NextPath(id), fresh.ExportPkcs8PrivateKeyPem());
        PrivateFiles.FlushDirectory(_folder);
        return id;
    }

    /// <summary>From now on the new key signs; the old one's private half is gone. Nothing happens where it has been adopted.</summary>
    internal void Adopt(string id)
    {
        // The id comes from a row; nothing but one of ours names a file.
        if (id.Length != 2 * SHA256.HashSizeInBytes || !id.All(char.IsAsciiHexDigitLower) || !File.Exists(NextPath(id)))
        {
            return;
        }

        try
        {
            File.Move(NextPath(id), Path.Combine(_folder, Private), overwrite: true);
            PrivateFiles.FlushDirectory(_folder);
        }
        catch (FileNotFoundException)
        {
            // Another node of the same folder was quicker.
        }
    }

    private ECDsa Current()
    {
        string pem = PrivateFiles.Keep(Path.Combine(_folder, Private), () =>
        {
            using ECDsa fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return fresh.ExportPkcs8PrivateKeyPem();
        });
        ECDsa key = ECDsa.Create();
        key.ImportFromPem(pem);
        KeepPublic(key);
        return key;
    }

    private string KeepPublic(ECDsa key)
    {
        string id = TreeHeadForm.KeyId(key.ExportSubjectPublicKeyInfo());
        PrivateFiles.Keep(Path.Combine(_folder, $"{PublicStart}{id}{PublicEnd}"), key.ExportSubjectPublicKeyInfoPem);
        return id;
    }

    private string NextPath(string id) => Path.Combine(_folder, $"{PublicStart}{id}{NextEnd}");
}

/// <summary>A signature and the key that made it.</summary>
/// <param name="KeyId">SHA-256 of the public key, lowercase hex.</param>
/// <param name="Bytes">ECDSA signature, DER.</param>
public sealed record SealSignature(string KeyId, byte[] Bytes);
