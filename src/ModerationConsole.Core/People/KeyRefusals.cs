using System.Net;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>
/// Records that a key came from an address that it is not for. Once a minute for each key on each node, with how often it was
/// since the last record: a flood must not fill the audit.
/// </summary>
public sealed class KeyRefusals(WritePath writes, TimeProvider clock)
{
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);
    private static readonly IReadOnlySet<Permission> s_none = new HashSet<Permission>();

    // As many at most as there are keys: what no key has been seen with never comes here.
    private readonly Dictionary<Guid, (long At, long Untold)> _told = [];
    private readonly Lock _gate = new();

    /// <summary>Records it, or counts it.</summary>
    public async Task RecordAsync(Guid keyId, IPAddress? from)
    {
        long untold;
        lock (_gate)
        {
            if (_told.TryGetValue(keyId, out (long At, long Untold) last) && clock.GetElapsedTime(last.At) < s_between)
            {
                _told[keyId] = (last.At, last.Untold + 1);
                return;
            }

            untold = last.Untold;
            _told[keyId] = (clock.GetTimestamp(), 0);
        }

        // Not given up with the request: hanging up must not keep an attempt out of the audit.
        await writes.RunAsync(
            (scope, _) => Task.FromResult(scope.Record(
                Caller.ApiKey(keyId, s_none), AuditAct.KeyAddressRefused, subject: keyId.ToString(),
                details: new Dictionary<string, object?> { ["from"] = KeyNetworks.Around(from), ["sinceLast"] = untold })),
            CancellationToken.None).ConfigureAwait(false);
    }
}
