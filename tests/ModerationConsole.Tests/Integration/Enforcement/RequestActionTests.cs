using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Enforcement;

public sealed class RequestActionTests
{
    private static readonly Caller s_program = Caller.ApiKey(Guid.CreateVersion7(), new HashSet<Permission> { Permission.SubmitActions });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KnownItem_IsActedOnAtOnceWithThePeersBody()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        ActionDefinition remove = await desk.Console.ActionAsync(platform.Address, reversible: false);
        await SpecAsync(desk.Console, remove.Id);
        Policy policy = await desk.Console.PolicyAsync(Severity.High);
        string itemId = await desk.Console.ReadAsync(db => db.Set<ItemVersion>().Select(row => row.ItemId).SingleAsync(Cancel));

        ActionRequested answer = await RequestAsync(desk.Console, new ActionRequest(remove.Id, itemId, "post")
        {
            PolicyIds = [policy.Id, policy.Id],
            Parameters = new JsonObject { ["days"] = 7 },
            Note = "escalated by legal",
            ActorId = "somebody-elsewhere",
        });
        Assert.Empty(answer.Problems);
        Assert.Equal(1, await desk.Console.Get<DeliverActions>().RunOnceAsync(Cancel));

        string expected =
            $$$"""{"item":{"id":"{{{itemId}}}","typeId":"post","typeName":"Post"},"policies":[{"id":"{{{policy.Id}}}","name":"{{{policy.Name}}}","penalty":"HIGH"}],"rules":[],"action":{"id":"{{{remove.Id}}}"},"custom":{"days":7},"actorNote":"escalated by legal","creator":{"id":"u-1","typeId":"account"}}""";
        ReceivedWebhook webhook = Assert.Single(platform.Received);
        Assert.Equal((expected, answer.EnforcementId.ToString()), (webhook.Text, webhook.Id));
        Assert.Contains(CaseEventKind.Actioned, await desk.Console.ReadAsync(db => db.Set<CaseEvent>().Select(row => row.Kind).ToListAsync(Cancel)));
        AuditEntry entry = await desk.Console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.ActionRequested, Cancel));
        Assert.Equal((CallerKind.ApiKey, desk.Case.Number), (entry.ActorKind, entry.CaseNumber));
    }

    [Fact]
    public async Task ItemThatIsNotKnown_IsActedOnAllTheSame()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();

        ActionRequested answer = await RequestAsync(desk.Console, new ActionRequest(remove.Id, "p-never-seen", "post"));

        EnforcementAction row = Assert.Single(await desk.OrderedAsync());
        Assert.Equal((answer.EnforcementId, (long?)null, "p-never-seen"), ((Guid?)row.Id, row.CaseNumber, row.TargetItemId));
        Assert.DoesNotContain("creator", row.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EverythingWrong_IsSaidByPointerAndNothingIsOrdered()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();
        await SpecAsync(desk.Console, remove.Id);

        async Task<IEnumerable<ActionProblem>> ProblemsAsync(ActionRequest request) => (await RequestAsync(desk.Console, request)).Problems;

        Assert.Equal(
            [
                new ActionProblem("/itemTypeId", ActionProblemCode.UnknownItemType),
                new ActionProblem("/reportedItems/0/typeId", ActionProblemCode.UnknownItemType),
                new ActionProblem("/policyIds/0", ActionProblemCode.UnknownPolicy),
                new ActionProblem("/parameters/days", ActionProblemCode.ParameterMissing),
                new ActionProblem("/parameters/hours", ActionProblemCode.ParameterUnknown),
            ],
            await ProblemsAsync(new ActionRequest(remove.Id, "p-1", "none")
            {
                PolicyIds = ["pol_none"],
                ReportedItems = [new TargetItem("none", "p-2")],
                Parameters = new JsonObject { ["hours"] = 7 },
            }));
        Assert.Equal([new ActionProblem("/actionId", ActionProblemCode.UnknownAction)], await ProblemsAsync(new ActionRequest("act_none", "p-1", "post")));
        Assert.Equal(
            [new ActionProblem("/itemId", ActionProblemCode.Malformed), new ActionProblem("/note", ActionProblemCode.TooLong)],
            await ProblemsAsync(new ActionRequest(remove.Id, "p\0", "post") { Note = new string('a', 5_001) }));
        Assert.Equal(
            [new ActionProblem("/parameters", ActionProblemCode.Malformed)],
            await ProblemsAsync(new ActionRequest(remove.Id, "p-1", "post") { Parameters = (JsonObject)JsonNode.Parse("""{"days":1,"days":2}""")! }));
        Assert.Equal(0, await desk.CountAsync<EnforcementAction>());
    }

    [Fact]
    public async Task SameKeyTwice_IsOrderedOnce()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();
        RequestKey key = RequestKey.Of(s_program.Id, "POST /actions", "k-1", [1]);
        ActionRequest request = new(remove.Id, "p-1", "post");

        ActionRequested first = await desk.Console.Use<RequestAction>().RunAsync(s_program, request, key, Cancel);
        ActionRequested second = await desk.Console.Use<RequestAction>().RunAsync(s_program, request, key, Cancel);
        ActionRequested other = await desk.Console.Use<RequestAction>().RunAsync(
            s_program, request, RequestKey.Of(s_program.Id, "POST /actions", "k-1", [2]), Cancel);

        Assert.Equal(first.EnforcementId, second.EnforcementId);
        Assert.True(other.KeyReused);
        Assert.Equal(1, await desk.CountAsync<EnforcementAction>());
    }

    [Fact]
    public async Task KeyWithoutTheScope_IsDenied()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller other = Caller.ApiKey(Guid.CreateVersion7(), new HashSet<Permission> { Permission.SubmitItems });

        await Assert.ThrowsAsync<PermissionDeniedException>(
            () => console.Use<RequestAction>().RunAsync(other, new ActionRequest("act_a", "p-1", "post"), null, Cancel));
    }

    private static Task<ActionRequested> RequestAsync(TestConsole console, ActionRequest request) =>
        console.Use<RequestAction>().RunAsync(s_program, request, null, Cancel);

    private static Task<string> SpecAsync(TestConsole console, string actionId) => console.WriteAsync(async scope =>
        (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == actionId, Cancel)).Parameters =
            ActionParameters.Write([new ActionParameter("days", ParameterType.Number, Required: true)]));
}
