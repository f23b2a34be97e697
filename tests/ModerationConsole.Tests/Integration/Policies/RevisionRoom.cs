using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Policies;

/// <summary>Two experts and a policy in its first version, and what is done with drafts of it.</summary>
internal sealed class RevisionRoom(TestConsole console, Caller writer, Caller second) : IAsyncDisposable
{
    public const string Id = "pol_threats";

    public static readonly PolicyDraft Words = new(Id, "2.1", "Threats", null, Severity.High, "Do not threaten.", "Look at context.", [], "Threatens someone");

    public TestConsole Console => console;

    public Caller Writer => writer;

    public Caller Second => second;

    public List<PolicyVersion> InForce { get; private init; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RevisionRoom> OpenAsync(bool secondPerson = false, Dictionary<string, string?>? database = null)
    {
        List<PolicyVersion> seen = [];
        TestConsole console = await TestConsole.StartAsync(
            new(database ?? []) { ["Policies:SecondPerson"] = secondPerson ? "true" : "false" },
            services => services.AddSingleton<IPolicyVersionObserver>(new Observer(seen)));
        RevisionRoom room = new(console, await console.PersonAsync(Roles.PolicyExpert), await console.PersonAsync(Roles.PolicyExpert)) { InForce = seen };
        Assert.Equal(SavePolicyOutcome.Saved, await console.Use<SavePolicy>().RunAsync(Caller.System, Words, Cancel));
        seen.Clear();
        return room;
    }

    public Task<SaveRevisionResult> SaveAsync(Caller caller, PolicyDraft words, RevisionView? on = null, int basedOn = 1) =>
        console.Use<SaveRevision>().RunAsync(caller, new RevisionCommand(words, basedOn, on?.Draft.Id, on?.Draft.Version), Cancel);

    /// <summary>A draft of the policy, kept.</summary>
    public async Task<RevisionView> DraftAsync(PolicyDraft words)
    {
        Assert.Equal(SavePolicyOutcome.Saved, (await SaveAsync(writer, words)).Outcome);
        return await ReadAsync();
    }

    public async Task<RevisionView> ReadAsync() => (await console.Use<ReadRevision>().RunAsync(writer, Id, Cancel))!;

    public Task<MoveRevisionOutcome> PublishAsync(Caller caller, RevisionView draft, string? note = null) =>
        console.Use<PublishRevision>().RunAsync(caller, Ref(draft), note, Cancel);

    public Task<MoveRevisionOutcome> AnswerAsync(Caller caller, RevisionView draft, bool agree, string? note = null) =>
        console.Use<AnswerRevision>().RunAsync(caller, Ref(draft), agree, note, Cancel);

    public Task<MoveRevisionOutcome> WithdrawAsync(RevisionView draft) => console.Use<WithdrawRevision>().RunAsync(writer, Ref(draft), Cancel);

    public Task<MoveRevisionOutcome> DiscardAsync(RevisionView draft) => console.Use<DiscardRevision>().RunAsync(writer, Ref(draft), Cancel);

    public async Task<PolicyView> PolicyAsync(int? version = null) => (await console.Use<ReadPolicy>().RunAsync(writer, Id, version, Cancel))!;

    public Task<List<AuditAct>> ActsAsync() => console.ReadAsync(db => db.Set<AuditEntry>()
        .Where(entry => entry.Subject == Id).OrderBy(entry => entry.Number).Select(entry => entry.Act).ToListAsync(Cancel));

    public ValueTask DisposeAsync() => console.DisposeAsync();

    private static RevisionRef Ref(RevisionView draft) => new(draft.Draft.Id, draft.Draft.Version);

    private sealed class Observer(List<PolicyVersion> seen) : IPolicyVersionObserver
    {
        public Task InForceAsync(WriteScope scope, Caller caller, PolicyVersion version, CancellationToken cancellationToken)
        {
            seen.Add(version);
            return Task.CompletedTask;
        }
    }
}
