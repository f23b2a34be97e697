using System.Collections.Concurrent;

namespace ModerationConsole.Core.People;

/// <summary>
/// Remembers keys that open something, for a second, so that a flood of requests costs one reading of its key a second. What opens
/// nothing is not remembered. A key that is revoked on this node is forgotten with the commit; on another, within that second.
/// </summary>
public sealed class KnownApiKeys(TimeProvider clock)
{
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (ApiKey Key, long At)> _known = new(StringComparer.Ordinal);
    private long _revoked;

    /// <summary>The key of that hash, remembered or read; null when there is none.</summary>
    public async ValueTask<ApiKey?> GetAsync(byte[] hash, Func<CancellationToken, Task<ApiKey?>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        string name = Convert.ToHexString(hash);
        if (_known.TryGetValue(name, out (ApiKey Key, long At) known) && clock.GetElapsedTime(known.At) < s_memory)
        {
            return known.Key;
        }

        (long at, long revoked) = (clock.GetTimestamp(), Interlocked.Read(ref _revoked));
        ApiKey? key = await read(cancellationToken).ConfigureAwait(false);
        if (key is not { RevokedAt: null })
        {
            _known.TryRemove(name, out _);
            return key;
        }

        _known[name] = (key, at);
        // Read before it was revoked, and remembered after.
        if (revoked != Interlocked.Read(ref _revoked))
        {
            _known.TryRemove(name, out _);
        }

        return key;
    }

    /// <summary>Some key was revoked on this node: the next use of each is read anew.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _revoked);
        _known.Clear();
    }
}
