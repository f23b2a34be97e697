using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Policies;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Unit.Policies;

public sealed class PolicyFormTests
{
    [Fact]
    public void Start_FilledBeforeTheBrowsersZoneIsKnown_StaysTheSameInstant()
    {
        DateTimeOffset from = new(2026, 7, 1, 6, 30, 0, TimeSpan.Zero);
        Moment before = new(from.AddDays(-1), TimeZoneInfo.Utc);
        Moment known = before with { Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") };
        PolicyRevision draft = new() { PolicyId = "pol_spam", EffectiveFrom = from };
        PolicyForm form = PolicyForm.Of(new RevisionView(draft, null, [], null, null, SecondPerson: false, Own: true), before);

        Assert.Equal(from, form.Command(known).Words.EffectiveFrom);
        form.MoveTo(known);

        Assert.Equal(new DateTime(2026, 7, 1, 2, 30, 0), form.From);
        Assert.Equal(from, form.Command(known).Words.EffectiveFrom);
        // What is typed from then on is meant by that clock.
        form.From = new DateTime(2026, 7, 1, 3, 0, 0);
        Assert.Equal(from.AddMinutes(30), form.Command(known).Words.EffectiveFrom);
    }
}
