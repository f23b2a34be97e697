using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>
/// What webhooks are signed with. The first keys are made at first use, others by a rotation; they lie in the data directory,
/// readable by the console's own account only. Which of them hold, the database says: remembered for a second, so that a
/// rotation reaches every node without a restart.
/// </summary>
public sealed class WebhookKeys(DatabaseOptions database, IDbContextFactory<ConsoleDbContext> contexts, TimeProvider clock) : IDisposable
{
    private const string SigningName = "webhook-signing";
    private const string SecretName = "webhook-secret";
    private const int KeyBits = 2_048;
    private const int SecretBytes = 32;
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(1);

    // Two threads that come first may both read a pair; both read the same.
    private readonly ConcurrentDictionary<Guid, WebhookKeyPair> _pairs = new();
    private readonly Lock _first = new();
    private volatile Known? _known;

    private string Folder => Path.Combine(database.DataDirectory, "keys");

    /// <summary>The keys that hold now.</summary>
    public async ValueTask<WebhookKeySet> GetAsync(CancellationToken cancellationToken)
    {
        Known known = _known is { } remembered && clock.GetElapsedTime(remembered.At) < s_memory ? remembered : await ReadAsync(cancellationToken).ConfigureAwait(false);
        return known.Newest is null ? new WebhookKeySet(Pair(Guid.Empty))
            : known.Newest.OldUntil > clock.Now() ? new WebhookKeySet(Pair(known.Newest.Id), Pair(known.Former), known.Newest.OldUntil)
            : new WebhookKeySet(Pair(known.Newest.Id));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (WebhookKeyPair pair in _pairs.Values)
        {
            pair.Dispose();
        }
    }

    /// <summary>Puts new keys into the data directory. They hold from the rotation's commit on.</summary>
    internal WebhookKeyPair Make(Guid rotation)
    {
        _ = PrivateFiles.Keep(PathOf(SigningName, rotation), NewSigningKey);
        _ = PrivateFiles.Keep(PathOf(SecretName, rotation), NewSecret);
        return Pair(rotation);
    }

    /// <summary>Takes away keys whose rotation came to nothing.</summary>
    internal void Unmake(Guid rotation)
    {
        File.Delete(PathOf(SigningName, rotation));
        File.Delete(PathOf(SecretName, rotation));
    }

    /// <summary>There was a rotation on this node.</summary>
    internal void Forget() => _known = null;

    private async Task<Known> ReadAsync(CancellationToken cancellationToken)
    {
        long at = clock.GetTimestamp();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<WebhookRotation> newest = await db.Set<WebhookRotation>().AsNoTracking().OrderByDescending(row => row.At).Take(2)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return _known = new Known(at, newest.FirstOrDefault(), newest.Count > 1 ? newest[1].Id : Guid.Empty);
        }
    }

    private WebhookKeyPair Pair(Guid rotation)
    {
        if (_pairs.TryGetValue(rotation, out WebhookKeyPair? pair))
        {
            return pair;
        }

        lock (_first)
        {
            return _pairs.GetOrAdd(rotation, id => id == Guid.Empty
                ? new WebhookKeyPair(PrivateFiles.Keep(PathOf(SigningName, id), NewSigningKey), PrivateFiles.Keep(PathOf(SecretName, id), NewSecret))
                // Never made anew: another node signs with them.
                : new WebhookKeyPair(File.ReadAllText(PathOf(SigningName, id)), File.ReadAllText(PathOf(SecretName, id))));
        }
    }

    // The first keys had no other beside them to tell them from.
    private string PathOf(string name, Guid rotation)
    {
        string which = rotation == Guid.Empty ? "" : $"-{rotation:N}";
        return Path.Combine(Folder, name == SigningName ? $"{name}{which}.pem" : $"{name}{which}");
    }

    private static string NewSigningKey()
    {
        using RSA fresh = RSA.Create(KeyBits);
        return fresh.ExportPkcs8PrivateKeyPem();
    }

    private static string NewSecret() => WebhookSecret.Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    private sealed record Known(long At, WebhookRotation? Newest, Guid Former);
}
