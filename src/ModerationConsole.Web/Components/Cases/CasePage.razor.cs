using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Audit;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>A case to read: item, reports, history, decisions, what was told to the platform, audit.</summary>
public sealed partial class CasePage : IDisposable
{
    private const int AuditLines = 25;

    private ThrottledWatch? _watch;
    private CaseFile? _file;
    private IReadOnlyList<CaseDecision>? _decisions;
    private IReadOnlyList<CaseAction>? _actions;
    private IReadOnlyList<CaseNotice>? _notices;
    private IReadOnlyList<AuditEntry>? _audit;
    private CaseProofState? _proof;
    private AuditNames _names = new([]);
    private bool _missing;
    private long? _shown;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>The case's number.</summary>
    [Parameter]
    public long Number { get; set; }

    [Inject]
    public required OpenCase OpenCase { get; init; }

    [Inject]
    public required ListCaseDecisions ListCaseDecisions { get; init; }

    [Inject]
    public required ListCaseActions ListCaseActions { get; init; }

    [Inject]
    public required ListNoticesOfCase ListNoticesOfCase { get; init; }

    [Inject]
    public required SearchAudit SearchAudit { get; init; }

    [Inject]
    public required CheckCase CheckCase { get; init; }

    [Inject]
    public required ListPeopleNames ListPeopleNames { get; init; }

    [Inject]
    public required ListQueueNames ListQueueNames { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() =>
        _watch = new ThrottledWatch(Feed, change => change.CaseNumber == Number || change.Kind == LiveKind.MediaChanged, OnChangedAsync, Clock);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Number)
        {
            return;
        }

        _shown = Number;
        (_file, _decisions, _actions, _notices, _audit, _proof, _missing) = (null, null, null, null, null, null, false);
        await ReadAsync();
        if (_file is not null && Me.Permissions.Contains(Permission.ViewAudit))
        {
            await ReadAuditAsync();
        }
    }

    private static string Title(CaseFile file) => $"{file.Item.TypeName} {file.Number.Thin()}";

    private string State(CaseFile file) => file.State == CaseState.Open
        ? CaseListWords.Open(file.Where)
        : CaseListWords.Ended(file.State, _decisions?.FirstOrDefault(decision => decision.State == DecisionState.Effective)?.Verdict.ToString());

    private async Task ReadAsync()
    {
        Caller caller = await Current.GetAsync();
        CaseFile? file = await OpenCase.RunAsync(caller, Number, CancellationToken.None);
        (_missing, _file) = (file is null, file);
        if (file is not null)
        {
            _decisions = await ListCaseDecisions.RunAsync(caller, Number, CancellationToken.None);
            _actions = await ListCaseActions.RunAsync(caller, Number, CancellationToken.None);
            // Nearly no case has any.
            _notices = file.Noticed ? await ListNoticesOfCase.RunAsync(caller, Number, CancellationToken.None) : [];
        }
    }

    // Once a look: each search is in the audit itself.
    private async Task ReadAuditAsync()
    {
        Caller caller = await Current.GetAsync();
        _names = new AuditNames(
        [
            .. (await ListPeopleNames.RunAsync(caller, CancellationToken.None)).Select(person => (person.Id.ToString(), person.Name)),
            .. (await ListQueueNames.RunAsync(caller, CancellationToken.None)).Select(queue => (queue.Id.ToString(), queue.Name)),
        ]);
        // Before the search, whose own entry is still to be sealed.
        _proof = await CheckCase.RunAsync(caller, Number, CancellationToken.None);
        _audit = (await SearchAudit.RunAsync(caller, new AuditFilter(CaseNumber: Number), null, null, AuditLines, CancellationToken.None)).Entries;
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(ReadAsync);
}
