using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>What a key opens.</summary>
/// <param name="Program">The program that the key belongs to, with the key's scopes; null when it opens nothing.</param>
/// <param name="AddressRefused">Whether it would open something from another address.</param>
/// <param name="RequestsPerSecond">What it may ask for a second; null for what every key may.</param>
/// <param name="ExpiresAt">From when on it opens nothing, UTC; null for never.</param>
public sealed record KeyAnswer(Caller? Program, bool AddressRefused = false, int? RequestsPerSecond = null, DateTimeOffset? ExpiresAt = null);

/// <summary>Tells which program holds a key.</summary>
[Anonymous("It is how a program becomes known: before it there is no caller whose permission could be asked.")]
public sealed class AuthenticateApiKey(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, KnownApiKeys known, KeyRefusals refusals, TimeProvider clock) : IUseCase
{
    private static readonly TimeSpan s_resolution = TimeSpan.FromMinutes(1);

    // One answer for what never was, what was revoked and what has ended.
    private static readonly KeyAnswer s_nothing = new(Program: null);

    /// <summary>What the key opens for a request that comes from an address.</summary>
    public async Task<KeyAnswer> RunAsync(string? key, IPAddress? from, CancellationToken cancellationToken)
    {
        // A key is 46 characters; anything much longer is not worth hashing.
        if (key is not { Length: > 0 and <= 100 } || !key.StartsWith(ApiKeys.Start, StringComparison.Ordinal))
        {
            return s_nothing;
        }

        byte[] hash = ApiKeys.Hash(key);
        ApiKey? row = await known.GetAsync(hash, cancel => FindAsync(hash, cancel), cancellationToken).ConfigureAwait(false);
        if (row is null || row.IsOver(clock.Now()) || !CryptographicOperations.FixedTimeEquals(row.Hash, hash))
        {
            return s_nothing;
        }

        if (!KeyNetworks.Allow(row.Networks, from))
        {
            await refusals.RecordAsync(row.Id, from).ConfigureAwait(false);
            return new KeyAnswer(Program: null, AddressRefused: true);
        }

        DateTimeOffset minute = ToTheMinute(clock.Now());
        if (row.LastUsedAt is not { } last || last < minute)
        {
            await NoteUseAsync(row.Id, minute, cancellationToken).ConfigureAwait(false);
            row.LastUsedAt = minute;
        }

        return new KeyAnswer(Caller.ApiKey(row.Id, ApiKeys.Read(row.Scopes)), RequestsPerSecond: row.RequestsPerSecond, ExpiresAt: row.ExpiresAt);
    }

    private async Task<ApiKey?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Not an act of anybody, so nothing of it stands in the audit; the acts that follow do.</summary>
    private Task<int> NoteUseAsync(Guid keyId, DateTimeOffset minute, CancellationToken cancellationToken) =>
        writes.RunAsync(
            (scope, cancel) => scope.Db.Set<ApiKey>().Where(row => row.Id == keyId && (row.LastUsedAt == null || row.LastUsedAt < minute))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, minute), cancel),
            cancellationToken);

    private static DateTimeOffset ToTheMinute(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % s_resolution.Ticks));
}
