using System.Net;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.People.Second;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>What a session may do only a short while after its person proved who they are.</summary>
public sealed class StepUpTests
{
    private const string Email = "m@people.example";

    private static readonly Dictionary<string, (string Role, Func<TestConsole, Caller, Guid, Task<bool>> Refused)> s_commands = new(StringComparer.Ordinal)
    {
        ["roles"] = (Roles.Admin, async (console, caller, other) =>
            await console.Use<SetRoles>().RunAsync(caller, other, [Roles.Lead], Cancel) == PersonOutcome.ProveFirst),
        ["permission"] = (Roles.Admin, async (console, caller, other) =>
            await console.Use<SetPermission>().RunAsync(caller, other, Permission.ChildSafety, true, Cancel) == PersonOutcome.ProveFirst),
        ["new role"] = (Roles.Admin, async (console, caller, _) =>
            (await console.Use<MakeRole>().RunAsync(caller, "Night shift", "", [Permission.ViewCases], Cancel)).Result == OwnRoleResult.ProveFirst),
        ["changed role"] = (Roles.Admin, async (console, caller, _) =>
            (await console.Use<ChangeRole>().RunAsync(caller, Guid.NewGuid(), "", [Permission.ViewCases], Cancel)).Result == OwnRoleResult.ProveFirst),
        ["role agreed to"] = (Roles.Admin, async (console, caller, _) =>
            await console.Use<AnswerRoleRequest>().RunAsync(caller, Guid.NewGuid(), true, Cancel) == RoleRequestResult.ProveFirst),
        ["person"] = (Roles.Admin, async (console, caller, _) =>
            (await console.Use<AddPerson>().RunAsync(caller, new NewPerson("new@people.example", "New", [Roles.Admin]), Cancel)).Result == AddPersonResult.ProveFirst),
        ["password"] = (Roles.Admin, async (console, caller, other) =>
            (await console.Use<ResetPassword>().RunAsync(caller, other, Cancel)).Result == PersonOutcome.ProveFirst),
        ["factor"] = (Roles.Admin, async (console, caller, other) =>
            await console.Use<ResetSecondFactor>().RunAsync(caller, other, Cancel) == PersonOutcome.ProveFirst),
        ["key"] = (Roles.Admin, async (console, caller, _) =>
            (await console.Use<CreateApiKey>().RunAsync(caller, new NewApiKey("key", [Permission.ReadCases], null), Cancel)).Outcome == CreateKeyOutcome.ProveFirst),
        ["successor"] = (Roles.Admin, async (console, caller, _) =>
            (await console.Use<RotateApiKey>().RunAsync(caller, Guid.NewGuid(), TimeSpan.Zero, null, Cancel)).Outcome == RotateKeyOutcome.ProveFirst),
        ["key's limits"] = (Roles.Admin, async (console, caller, _) =>
            await console.Use<ChangeApiKey>().RunAsync(caller, Guid.NewGuid(), "key", null, "", Cancel) == ChangeKeyOutcome.ProveFirst),
        ["person let in again"] = (Roles.Admin, async (console, caller, other) =>
            await console.Use<EnablePerson>().RunAsync(caller, other, Cancel) == PersonOutcome.ProveFirst),
        ["webhook secret"] = (Roles.Admin, async (console, caller, _) =>
            await console.Use<ReadWebhookKeys>().RunAsync(caller, Cancel) is null),
        ["webhooks"] = (Roles.Admin, async (console, caller, _) =>
            await console.Use<RotateWebhookKeys>().RunAsync(caller, TimeSpan.Zero, Cancel) == RotateWebhooksOutcome.ProveFirst),
        ["quality"] = (Roles.Lead, async (console, caller, _) =>
            await console.Use<ExportQualityFigures>().RunAsync(caller, new QualityQuestion(), Cancel) is null),
        ["case"] = (Roles.Auditor, async (console, caller, _) =>
            (await console.Use<ProveCase>().RunAsync(caller, 1, Cancel)).Outcome == ProveOutcome.ProveFirst),
        ["entry"] = (Roles.Auditor, async (console, caller, _) =>
            (await console.Use<ProveEntry>().RunAsync(caller, 1, Cancel)).Outcome == ProveOutcome.ProveFirst),
        ["media"] = (Roles.Auditor, async (console, caller, _) =>
            (await console.Use<RevealMedia>().RunAsync(
                caller, new RevealRequest(Guid.NewGuid(), MediaStep.Original, new MediaFilters(false, 0, false)) { CaseNumber = 1, Reason = "because" }, Cancel)).Outcome
                == RevealOutcome.ProveFirst),
        ["field"] = (Roles.Auditor, async (console, caller, _) =>
            (await console.Use<UnmaskField>().RunAsync(caller, new UnmaskRequest(Guid.NewGuid(), "email", "because") { CaseNumber = 1 }, Cancel)).Outcome
                == UnmaskOutcome.ProveFirst),
    };

    public static TheoryData<string> Commands => [.. s_commands.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_LongAfterTheLastProof_IsDoneOnlyAfterAnother(string name)
    {
        (string role, Func<TestConsole, Caller, Guid, Task<bool>> refused) = s_commands[name];
        await using TestConsole console = await TestConsole.StartAsync();
        await console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson(Email, "Someone", [role], Password: Visitor.Password), Cancel);
        Guid other = (await console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson("o@people.example", "Other", [Roles.Moderator]), Cancel)).PersonId;
        Session session = (await console.Use<SignIn>().RunAsync(Email, Visitor.Password, Cancel)).Session!;
        Caller caller = Caller.Person(session.PersonId, session.Id);

        console.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(await refused(console, caller, other));
        Assert.Equal(ProveResult.Proved, await console.Use<ProveMyself>().ByPasswordAsync(caller, Visitor.Password, Cancel));
        console.Clock.Advance(TimeSpan.FromMinutes(14));

        Assert.False(await refused(console, caller, other));
    }

    [Fact]
    public async Task Files_AskedForLongAfterTheLastProof_LeadToTheFormThatAsksForOne()
    {
        await using WebConsole console = await WebConsole.StartAsync(new() { ["Separation:Apart"] = "" });
        (Visitor visitor, Guid id) = await Visitor.SignedInAsync(console, Roles.Lead, Roles.Auditor);
        using Visitor signedIn = visitor;
        await console.WriteAsync(scope =>
        {
            foreach (PersonSession row in scope.Db.Set<PersonSession>().Where(row => row.PersonId == id))
            {
                row.ProvedAt = row.StartedAt.AddHours(-1);
            }

            return Task.FromResult(true);
        });

        Assert.Equal("/account/prove?returnUrl=%2Fquality%3Fdays%3D30", await WhereAsync("/quality/figures.csv?days=30"));
        Assert.Equal("/account/prove?returnUrl=%2Fcases%2F7", await WhereAsync("/audit/cases/7/proof"));

        async Task<string?> WhereAsync(string path)
        {
            using HttpResponseMessage answer = await signedIn.GetAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            return answer.Headers.Location?.ToString();
        }
    }
}
