using System.Collections.Concurrent;

namespace ModerationConsole.Core.People;

/// <summary>
/// Remembers keys that open something, for a second, so that a flood of requests costs one reading of its key a second. What opens
/// nothing is not remembered. A key that is revoked or changed on this node is forgotten with the commit; on another, within that
/// second. When it ends is asked of the clock at each use.
/// </summary>
public sealed class KnownApiKeys(TimeProvider clock)
{
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (ApiKey Key, long At)> _known = new(StringComparer.Ordinal);
    private long _changed;

    /// <summary>The key of that hash, remembered or read; null when there is none.</summary>
    public async ValueTask<ApiKey?> GetAsync(byte[] hash, Func<CancellationToken, Task<ApiKey?>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        string name = Convert.ToHexString(hash);
        if (_known.TryGetValue(name, out (ApiKey Key, long At) known) && clock.GetElapsedTime(known.At) < s_memory)
        {
            return known.Key;
        }

        (long at, long changed) = (clock.GetTimestamp(), Interlocked.Read(ref _changed));
        ApiKey? key = await read(cancellationToken).ConfigureAwait(false);
        if (key is not { RevokedAt: null })
        {
            _known.TryRemove(name, out _);
            return key;
        }

        _known[name] = (key, at);
        // Read before it was changed, and remembered after.
        if (changed != Interlocked.Read(ref _changed))
        {
            _known.TryRemove(name, out _);
        }

        return key;
    }

    /// <summary>Some key was revoked or changed on this node: the next use of each is read anew.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _changed);
        _known.Clear();
    }
}
