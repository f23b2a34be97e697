using ModerationConsole.Core.Notices;

namespace ModerationConsole.Tests.Unit.Notices;

/// <summary>When a clock's case will be decided, and whether that is in time.</summary>
public sealed class BreachForecastTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 1, 10, 60, ForecastKind.InTime, 0, 10)]
    [InlineData(5, 1, 10, 60, ForecastKind.InTime, 50, 60)]
    [InlineData(6, 1, 10, 60, ForecastKind.Late, 60, 70)]
    [InlineData(6, 2, 10, 60, ForecastKind.InTime, 30, 40)]
    [InlineData(0, 1, 10, -5, ForecastKind.Late, 0, 10)]
    public void Waiting_TakesItsTurnOfWhoIsAtWork(int ahead, int atWork, int minutesEach, int dueIn, ForecastKind kind, int takenIn, int doneIn)
    {
        BreachForecast forecast = BreachForecast.Waiting(ahead, new QueuePace(atWork, TimeSpan.FromMinutes(minutesEach)), nobodyMayTake: false, null, s_now, s_now.AddMinutes(dueIn));

        Assert.Equal(new BreachForecast(kind, s_now.AddMinutes(takenIn), s_now.AddMinutes(doneIn)), forecast);
    }

    [Fact]
    public void Queue_ThatIsPaused_IsTakenFromWhenItOpens()
    {
        BreachForecast forecast = BreachForecast.Waiting(0, new QueuePace(1, TimeSpan.FromMinutes(1)), nobodyMayTake: false, s_now.AddMinutes(70), s_now, s_now.AddHours(1));

        Assert.Equal((ForecastKind.Late, s_now.AddMinutes(70)), (forecast.Kind, forecast.TakenAt));
    }

    [Fact]
    public void Nobody_AtWork_IsSaidUntilTheTimeIsOver()
    {
        QueuePace still = new(0, TimeSpan.FromMinutes(1));

        Assert.Equal((ForecastKind.NobodyAtWork, false), Of(BreachForecast.Waiting(3, still, nobodyMayTake: false, null, s_now, s_now.AddMinutes(1))));
        Assert.Equal((ForecastKind.Late, true), Of(BreachForecast.Waiting(3, still, nobodyMayTake: false, null, s_now, s_now)));
        Assert.Equal((ForecastKind.NobodyMayTake, true), Of(BreachForecast.Waiting(3, still, nobodyMayTake: true, null, s_now, s_now.AddDays(1))));
    }

    [Theory]
    [InlineData(5, 60, ForecastKind.InTime, 5)]
    [InlineData(30, 60, ForecastKind.InTime, 0)]
    [InlineData(5, 4, ForecastKind.Late, 5)]
    public void InHand_IsDoneWhenItHasTakenAsLongAsOthersDid(int minutesAgo, int dueIn, ForecastKind kind, int doneIn)
    {
        BreachForecast forecast = BreachForecast.InHand(s_now.AddMinutes(-minutesAgo), new QueuePace(1, TimeSpan.FromMinutes(10)), s_now, s_now.AddMinutes(dueIn));

        Assert.Equal(new BreachForecast(kind, null, s_now.AddMinutes(doneIn)), forecast);
    }

    private static (ForecastKind Kind, bool Late) Of(BreachForecast forecast) => (forecast.Kind, forecast.IsLate);
}
