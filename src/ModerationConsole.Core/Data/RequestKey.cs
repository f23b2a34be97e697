using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ModerationConsole.Core.Data;

/// <summary>What makes two requests of a program the same: its Idempotency-Key, and the body that came with it.</summary>
/// <param name="KeyHash">SHA-256 over API key id, route and Idempotency-Key.</param>
/// <param name="BodyHash">SHA-256 of the body.</param>
public sealed record RequestKey(byte[] KeyHash, byte[] BodyHash)
{
    /// <summary>The key of a request that carried an Idempotency-Key.</summary>
    public static RequestKey Of(Guid apiKeyId, string route, string idempotencyKey, ReadOnlySpan<byte> body) =>
        // Each part is closed by a line feed, which neither a route nor a header value can hold.
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{apiKeyId:N}\n{route}\n{idempotencyKey}\n")), SHA256.HashData(body));
}

/// <summary>A request that carried an Idempotency-Key, with what was answered: the same key is answered the same and done once.</summary>
public sealed class AnsweredRequest
{
    /// <summary>See <see cref="RequestKey.KeyHash"/>.</summary>
    public byte[] KeyHash { get; init; } = [];

    /// <summary>See <see cref="RequestKey.BodyHash"/>; the same key with another body is refused.</summary>
    public byte[] BodyHash { get; init; } = [];

    /// <summary>The outcome that was answered, JSON.</summary>
    public string Answer { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>What became of a request that may have been sent before.</summary>
/// <param name="Value">The outcome, now or then; null when the key was used with another body.</param>
/// <param name="Again">Whether it was answered before.</param>
public sealed record Once<T>(T? Value, bool Again)
    where T : class;

/// <summary>Does what a request asks once, however often it is sent.</summary>
public static class IdempotentWrites
{
    /// <summary>
    /// Runs <paramref name="effect"/> unless this key was answered already, and keeps its outcome in the same transaction.
    /// Two at once meet in the table's key: the second is run again and finds the answer of the first.
    /// </summary>
    /// <param name="key">Null runs the effect each time.</param>
    /// <param name="keep">Whether an outcome counts as done. A refusal has no effect and is not kept.</param>
    public static async Task<Once<T>> OnceAsync<T>(
        this WriteScope scope, RequestKey? key, Func<Task<T>> effect, Func<T, bool> keep, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(keep);
        if (key is null)
        {
            return new Once<T>(await effect().ConfigureAwait(false), Again: false);
        }

        AnsweredRequest? before = await scope.Db.Set<AnsweredRequest>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.KeyHash == key.KeyHash, cancellationToken).ConfigureAwait(false);
        if (before is not null)
        {
            return before.BodyHash.AsSpan().SequenceEqual(key.BodyHash)
                ? new Once<T>(JsonSerializer.Deserialize<T>(before.Answer), Again: true)
                : new Once<T>(null, Again: true);
        }

        T outcome = await effect().ConfigureAwait(false);
        if (keep(outcome))
        {
            scope.Db.Add(new AnsweredRequest
            {
                KeyHash = key.KeyHash,
                BodyHash = key.BodyHash,
                Answer = JsonSerializer.Serialize(outcome),
                At = scope.Now,
            });
        }

        return new Once<T>(outcome, Again: false);
    }
}

internal sealed class AnsweredRequestConfiguration : IEntityTypeConfiguration<AnsweredRequest>
{
    public void Configure(EntityTypeBuilder<AnsweredRequest> builder)
    {
        builder.ToTable("answered_request");
        builder.HasKey(row => row.KeyHash);
        builder.Property(row => row.KeyHash).HasMaxLength(32);
        builder.Property(row => row.BodyHash).HasMaxLength(32);
        builder.Property(row => row.Answer).HasMaxLength(TextLength.Document);
        builder.HasIndex(row => row.At);
    }
}
