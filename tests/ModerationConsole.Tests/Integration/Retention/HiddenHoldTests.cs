using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Retention;

/// <summary>A hold tells nobody of a child-safety case who may not know of it.</summary>
public sealed class HiddenHoldTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hold_OfAChildSafetyCase_IsForThoseWhoMayKnowOfIt()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        long number = await scene.OpenCaseAsync(sensitivity: Sensitivity.ChildSafety);
        Caller insider = await scene.Console.PersonAsync(own: [Permission.ManageRetention, Permission.ChildSafety]);

        Assert.Equal(HoldOutcome.CaseMissing, await scene.HoldAsync(number));
        Assert.Equal(HoldOutcome.Placed, await scene.Console.Use<PlaceHold>().RunAsync(insider, new HoldRequest(number, null, null, "A court asked."), Cancel));

        Assert.Equal(HoldOutcome.CaseMissing, await scene.HoldAsync(number));
        Assert.Empty(await HoldsAsync(scene, scene.Admin));
        Assert.Equal(number, Assert.Single(await HoldsAsync(scene, insider)).CaseNumber);
    }

    private static async Task<IReadOnlyList<HoldShown>> HoldsAsync(RetentionScene scene, Caller reader) =>
        (await scene.Console.Use<ReadRetention>().RunAsync(reader, Cancel)).Holds;
}
