using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Web.Security;

/// <summary>
/// The keys of cookies and forms, where all nodes have them, so that whoever signed in at one is known to the others: in the
/// database of a server, beside the embedded one in a folder that is its owner's alone. With <c>Security:KeyCertificate</c> they
/// are encrypted; without, whoever can read the server's database can make a cookie.
/// </summary>
internal static class SharedKeys
{
    private const string Certificate = $"{SecurityOptions.Section}:KeyCertificate";
    private const string Password = $"{SecurityOptions.Section}:KeyCertificatePassword";

    public static void AddSharedKeys(this IServiceCollection services, IConfiguration configuration)
    {
        IDataProtectionBuilder protection = services.AddDataProtection().SetApplicationName("ModerationConsole");
        DatabaseOptions database = DatabaseOptions.Read(configuration);
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            protection.PersistKeysToFileSystem(OwnersFolder(FolderOf(database)));
        }
        else
        {
            services.AddSingleton<DatabaseKeys>();
            services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
                options.XmlRepository = provider.GetRequiredService<DatabaseKeys>()));
        }

        if (configuration[Certificate] is { Length: > 0 } file)
        {
            X509Certificate2 certificate = Load(file, configuration[Password]);
            protection.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        }
    }

    private static string FolderOf(DatabaseOptions database) => Path.Combine(database.DataDirectory, "keys");

    // Who can read these keys can make a cookie for anyone.
    private static DirectoryInfo OwnersFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path);
        }

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        DirectoryInfo folder = Directory.CreateDirectory(path, owner);
        File.SetUnixFileMode(path, owner);
        return folder;
    }

    private static X509Certificate2 Load(string file, string? password)
    {
        try
        {
            X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12FromFile(Path.GetFullPath(file), password, X509KeyStorageFlags.EphemeralKeySet);
            return certificate.HasPrivateKey ? certificate : throw new StartRefusedException($"{Certificate}: {file} holds no private key.");
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{Certificate}: {file} cannot be read as PKCS #12 with {Password}.", error);
        }
    }

    /// <summary>
    /// What the framework asks for keys. Keys that lie in the data directory from before they were shared are taken over once, so
    /// that nobody has to sign in anew.
    /// </summary>
    private sealed class DatabaseKeys(ProtectionKeys keys, DatabaseOptions database) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            IReadOnlyList<string> stored = keys.All();
            if (stored.Count == 0)
            {
                TakeOver();
                stored = keys.All();
            }

            return [.. stored.Select(XElement.Parse)];
        }

        public void StoreElement(XElement element, string friendlyName) => keys.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));

        private void TakeOver()
        {
            string folder = FolderOf(database);
            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "key-*.xml") : [];
            foreach (string path in files.Order(StringComparer.Ordinal))
            {
                StoreElement(XElement.Load(path), Path.GetFileNameWithoutExtension(path));
            }
        }
    }
}
