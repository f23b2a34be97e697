using System.Security.Cryptography;
using System.Text;
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
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

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

    /// <summary>A new key, whose public half is kept at once; it signs nothing before <see cref="Adopt"/>.</summary>
    internal NewSealingKey Make()
    {
        using ECDsa fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string aside = Path.Combine(_folder, $"{Private}.{Guid.NewGuid():N}");
        MakeFolder();
        Write(aside, fresh.ExportPkcs8PrivateKeyPem());
        return new NewSealingKey(KeepPublic(fresh), aside);
    }

    /// <summary>From now on the new key signs; the old one's private half is gone.</summary>
    internal void Adopt(NewSealingKey key) => File.Move(key.Path, Path.Combine(_folder, Private), overwrite: true);

    private ECDsa Current()
    {
        string path = Path.Combine(_folder, Private);
        if (!File.Exists(path))
        {
            NewSealingKey made = Make();
            try
            {
                // Never over another process's key.
                File.Move(made.Path, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(made.Path);
            }
        }

        ECDsa key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        KeepPublic(key);
        return key;
    }

    private string KeepPublic(ECDsa key)
    {
        string id = TreeHeadForm.KeyId(key.ExportSubjectPublicKeyInfo());
        string path = Path.Combine(_folder, $"{PublicStart}{id}{PublicEnd}");
        if (!File.Exists(path))
        {
            string aside = $"{path}.{Guid.NewGuid():N}";
            Write(aside, key.ExportSubjectPublicKeyInfoPem());
            File.Move(aside, path, overwrite: true);
        }

        return id;
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, OwnerFolder);
        }
    }

    private static void Write(string path, string text)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using FileStream file = new(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}

/// <summary>A signature and the key that made it.</summary>
/// <param name="KeyId">SHA-256 of the public key, lowercase hex.</param>
/// <param name="Bytes">ECDSA signature, DER.</param>
public sealed record SealSignature(string KeyId, byte[] Bytes);

/// <summary>A key that waits to be used.</summary>
internal sealed record NewSealingKey(string Id, string Path);
