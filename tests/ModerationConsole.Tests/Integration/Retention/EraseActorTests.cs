using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Integration.Audit;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Retention;

/// <summary>A person of the platform asks to be forgotten: nothing that they wrote, or that names them, is left; proofs hold.</summary>
public sealed class EraseActorTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Person = "u-azure-lynx";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Account_Erased_IsNamedNowhereAndTheAuditVerifies(DatabaseProvider provider)
    {
        await using RetentionScene scene = await OpenAsync(provider);
        await scene.ClosedCaseAsync(author: Person);
        await scene.ClosedCaseAsync(author: "u-other", reporter: Person);
        await scene.Console.SealAsync();

        ErasedActor erased = await scene.EraseAsync(Person);
        await scene.Console.SealAsync();

        Assert.Equal((EraseActorOutcome.Erased, 2, 0), (erased.Outcome, erased.Done, erased.Left));
        Assert.Empty(await scene.WhereAsync(Person));
        Assert.Equal(2, await scene.Console.CountAsync<Case>());
        SealSteps.AssertOnly(await scene.Console.VerifyAsync());
        Assert.Equal(1, await scene.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.ErasureAsked && row.ActorId == scene.Admin.Id, Cancel)));
        Assert.Equal(1, await scene.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.ActorErased, Cancel)));
        Assert.Equal("u-other", await scene.Console.ReadAsync(db => db.Set<ItemVersion>().Where(row => row.CreatorId != null).Select(row => row.CreatorId).SingleAsync(Cancel)));
    }

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

    private async Task<RetentionScene> OpenAsync(DatabaseProvider provider) =>
        await RetentionScene.OpenAsync(provider == DatabaseProvider.PostgreSql ? await server.DatabaseAsync() : null);
}
