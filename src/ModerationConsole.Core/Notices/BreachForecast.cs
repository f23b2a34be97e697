namespace ModerationConsole.Core.Notices;

/// <summary>What is to be expected of a clock.</summary>
public enum ForecastKind
{
    /// <summary>Nobody may take what waits for it.</summary>
    NobodyMayTake,

    /// <summary>It will be over before anyone is through.</summary>
    Late,

    /// <summary>Nobody who works the queue is at work now.</summary>
    NobodyAtWork,

    /// <summary>Someone will be through in time.</summary>
    InTime,

    /// <summary>Nothing waits for it now.</summary>
    NothingWaits,
}

/// <summary>How fast a queue moves.</summary>
/// <param name="AtWork">People at work who may work it.</param>
/// <param name="Handling">What one decision took lately.</param>
public readonly record struct QueuePace(int AtWork, TimeSpan Handling);

/// <summary>When someone will have decided what a clock waits for, and whether that is in time.</summary>
/// <param name="TakenAt">When someone will take it; null while someone has it, or nobody can be expected to.</param>
/// <param name="DoneAt">When it will be decided.</param>
public sealed record BreachForecast(ForecastKind Kind, DateTimeOffset? TakenAt = null, DateTimeOffset? DoneAt = null)
{
    /// <summary>What is expected where nothing waits.</summary>
    public static BreachForecast Nothing { get; } = new(ForecastKind.NothingWaits);

    /// <summary>Whether it is expected to be late, or nobody can be expected to take it.</summary>
    public bool IsLate => Kind is ForecastKind.Late or ForecastKind.NobodyMayTake;

    /// <summary>Of a task that waits: everyone at work takes the next in order, each for as long as one took lately.</summary>
    /// <param name="ahead">How many stand before it.</param>
    /// <param name="opensAt">When its queue is offered again, if it is paused, UTC.</param>
    public static BreachForecast Waiting(int ahead, QueuePace pace, bool nobodyMayTake, DateTimeOffset? opensAt, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (nobodyMayTake)
        {
            return new BreachForecast(ForecastKind.NobodyMayTake);
        }

        if (pace.AtWork == 0)
        {
            return new BreachForecast(dueAt <= now ? ForecastKind.Late : ForecastKind.NobodyAtWork);
        }

        DateTimeOffset from = opensAt > now ? opensAt.Value : now;
        DateTimeOffset taken = from + (pace.Handling * ahead / pace.AtWork);
        return Of(taken, taken + pace.Handling, dueAt);
    }

    /// <summary>Of a task that someone has in hand.</summary>
    /// <param name="since">Since when.</param>
    public static BreachForecast InHand(DateTimeOffset since, QueuePace pace, DateTimeOffset now, DateTimeOffset dueAt)
    {
        DateTimeOffset done = since + pace.Handling;
        return Of(null, done < now ? now : done, dueAt);
    }

    private static BreachForecast Of(DateTimeOffset? taken, DateTimeOffset done, DateTimeOffset dueAt) =>
        new(done > dueAt ? ForecastKind.Late : ForecastKind.InTime, taken, done);
}
