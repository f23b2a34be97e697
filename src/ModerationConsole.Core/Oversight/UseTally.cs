using ModerationConsole.Core.Audit;

namespace ModerationConsole.Core.Oversight;

/// <summary>An entry of the audit that counts.</summary>
internal sealed record UseEntry(long Number, Guid PersonId, AuditAct Act, bool InTask, DateTimeOffset At);

/// <summary>
/// What people did of late, by the minute: cheap to keep up to date, and never less than what the audit holds. It only says where to
/// look; an alarm is raised by what the audit itself then counts.
/// </summary>
internal sealed class UseTally
{
    private readonly Dictionary<(Guid PersonId, UseKind Kind), SortedDictionary<long, int>> _minutes = [];
    private readonly Dictionary<long, DateTimeOffset> _seen = [];

    /// <summary>Counts an entry, once.</summary>
    /// <param name="readAgainFrom">Entries from then on come again with the next reading: only these are remembered one by one.</param>
    public void Add(UseEntry entry, DateTimeOffset readAgainFrom)
    {
        if (_seen.ContainsKey(entry.Number))
        {
            return;
        }

        if (entry.At >= readAgainFrom)
        {
            _seen.Add(entry.Number, entry.At);
        }

        foreach (UseKind kind in UseLimits.KindsOf(entry.Act, entry.InTask))
        {
            if (!_minutes.TryGetValue((entry.PersonId, kind), out SortedDictionary<long, int>? minutes))
            {
                _minutes[(entry.PersonId, kind)] = minutes = [];
            }

            long minute = Minute(entry.At);
            minutes[minute] = minutes.GetValueOrDefault(minute) + 1;
        }
    }

    /// <summary>Who may have gone beyond which limit.</summary>
    public IEnumerable<(Guid PersonId, UseLimit Limit)> Beyond(IReadOnlyList<UseLimit> limits, DateTimeOffset now) =>
        from one in _minutes
        from limit in limits
        where limit.Kind == one.Key.Kind
        let since = Minute(now.AddHours(-limit.Hours))
        where one.Value.Where(minute => minute.Key >= since).Sum(minute => minute.Value) > limit.Most
        select (one.Key.PersonId, limit);

    /// <summary>Forgets what no window reaches any more, and which entries were seen before a time.</summary>
    public void Forget(DateTimeOffset now, DateTimeOffset seenBefore)
    {
        long since = Minute(now.AddHours(-UseLimits.Longest));
        foreach (((Guid, UseKind) key, SortedDictionary<long, int> minutes) in _minutes.ToList())
        {
            foreach (long old in minutes.Keys.TakeWhile(minute => minute < since).ToList())
            {
                minutes.Remove(old);
            }

            if (minutes.Count == 0)
            {
                _minutes.Remove(key);
            }
        }

        foreach (long number in _seen.Where(entry => entry.Value < seenBefore).Select(entry => entry.Key).ToList())
        {
            _seen.Remove(number);
        }
    }

    private static long Minute(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;
}
