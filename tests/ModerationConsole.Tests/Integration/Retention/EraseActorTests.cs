using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Integration.Audit;

namespace ModerationConsole.Tests.Integration.Retention;

/// <summary>A person of the platform asks to be forgotten: nothing that they wrote, or that names them, is left; proofs hold.</summary>
public sealed class EraseActorTests
{
    internal const string Person = "u-azure-lynx";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_InAnOpenCase_FollowsOnceTheCaseIsClosed()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        long open = await scene.OpenCaseAsync(author: Person);

        ErasedActor first = await scene.EraseAsync(Person);
        Assert.Equal((EraseActorOutcome.Waiting, 1), (first.Outcome, first.Left));
        await scene.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == open)).Close(scope.Now);
            return 0;
        });
        await scene.RunAsync();

        Assert.Empty(await scene.WhereAsync(Person));
        Assert.NotNull(await scene.Console.ReadAsync(db => db.Set<Erasure>().Select(row => row.DoneAt).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Account_UnderAHold_IsNotErased()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        await scene.ClosedCaseAsync(author: Person);
        Assert.Equal(HoldOutcome.Placed, await scene.HoldAsync(actorId: Person));

        Assert.Equal(EraseActorOutcome.Waiting, (await scene.EraseAsync(Person)).Outcome);

        Assert.Contains("item_version.CreatorId", await scene.WhereAsync(Person));
        Assert.Contains("item_version.Text", await scene.WhereAsync(RetentionScene.Canary));
    }

    [Theory]
    [InlineData("account", Person, "u-azure-lyn")]
    [InlineData("account", "", "")]
    [InlineData("", Person, Person)]
    public async Task Erasure_NotTypedAgainExactly_DoesNothing(string type, string id, string again)
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        await scene.ClosedCaseAsync(author: Person);

        Assert.Equal(EraseActorOutcome.NotConfirmed, (await scene.Console.Use<EraseActor>().RunAsync(scene.Admin, type, id, again, Cancel)).Outcome);

        Assert.Equal(0, await scene.Console.CountAsync<Erasure>());
        Assert.Contains("item_version.CreatorId", await scene.WhereAsync(Person));
    }

    [Fact]
    public async Task Erasure_ByWhoMayNot_IsRefused()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();

        await Assert.ThrowsAsync<PermissionDeniedException>(() => scene.Console.Use<EraseActor>().RunAsync(scene.Moderator, "account", Person, Person, Cancel));
    }
}
