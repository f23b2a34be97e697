using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Queues;

/// <summary>What a lead does here: pause and open queues, take tasks back, mean them for someone, move them.</summary>
public sealed partial class QueuesPage
{
    private QueueQuestion _question;
    private QueueBoardRow? _asked;
    private long _task;
    private IReadOnlyList<Assignee> _people = [];

    [Inject]
    public required RevokeLease RevokeLease { get; init; }

    [Inject]
    public required PauseQueue PauseQueue { get; init; }

    [Inject]
    public required ResumeQueue ResumeQueue { get; init; }

    [Inject]
    public required AssignTask AssignTask { get; init; }

    [Inject]
    public required MoveWaitingTask MoveWaitingTask { get; init; }

    [Inject]
    public required ListAssignees ListAssignees { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private IEnumerable<QueueBoardRow> Targets => (_board ?? []).Where(row => !row.Archived && row.Id != Chosen?.Id);

    private void Leave() => _question = QueueQuestion.None;

    private void AskPause(QueueBoardRow row) => (_question, _asked) = (QueueQuestion.Pause, row);

    private void AskMove(long task) => (_question, _task) = (QueueQuestion.Move, task);

    private async Task AskAssignAsync(long task, Guid queueId)
    {
        _people = await ListAssignees.RunAsync(await Current.GetAsync(), queueId, CancellationToken.None);
        (_question, _task) = (QueueQuestion.Assign, task);
    }

    private async Task PauseAsync((TimeSpan Length, string Note) pause)
    {
        Leave();
        PauseOutcome outcome = await PauseQueue.RunAsync(await Current.GetAsync(), _asked!.Id, pause.Length, pause.Note, CancellationToken.None);
        Status.Say(outcome switch
        {
            PauseOutcome.Paused => QueuesText.Paused.With(_asked.Name, Moment.Span(pause.Length)),
            PauseOutcome.NotFound => QueuesText.QueueGone,
            PauseOutcome.NeverPaused => QueuesText.NeverPaused,
            PauseOutcome.LengthInvalid or PauseOutcome.NoteTooLong => QueuesText.PauseInvalid,
            _ => throw new InvalidOperationException("The outcome is unknown."),
        });
        await LoadAsync();
    }

    private async Task ResumeAsync(QueueBoardRow row)
    {
        await ResumeQueue.RunAsync(await Current.GetAsync(), row.Id, CancellationToken.None);
        Status.Say(QueuesText.Resumed.With(row.Name));
        await LoadAsync();
    }

    private async Task AssignAsync(Assignee person)
    {
        Leave();
        AssignOutcome outcome = await AssignTask.RunAsync(await Current.GetAsync(), _task, person.Id, CancellationToken.None);
        Status.Say(outcome switch
        {
            AssignOutcome.Assigned => QueuesText.Assigned.With(_task, person.Name, (int)AssignTask.WaitsFor.TotalMinutes),
            AssignOutcome.NotFound => QueuesText.TaskGone.With(_task),
            AssignOutcome.AlreadyTheirs => QueuesText.AlreadyTheirs.With(person.Name, _task),
            AssignOutcome.CannotWork => QueuesText.CannotWork.With(person.Name),
            _ => throw new InvalidOperationException("The outcome is unknown."),
        });
        await LoadAsync();
    }

    private async Task MoveAsync(QueueBoardRow to)
    {
        Leave();
        MoveOutcome outcome = await MoveWaitingTask.RunAsync(await Current.GetAsync(), _task, to.Id, CancellationToken.None);
        Status.Say(outcome switch
        {
            MoveOutcome.Moved => QueuesText.Moved.With(_task, to.Name),
            MoveOutcome.NotYours => QueuesText.TaskGone.With(_task),
            MoveOutcome.SameQueue => QueuesText.SameQueue.With(_task, to.Name),
            MoveOutcome.QueueClosed => QueuesText.QueueGone,
            MoveOutcome.ChildSafetyStays => QueuesText.ChildSafetyStays,
            _ => throw new InvalidOperationException("The outcome is unknown."),
        });
        await LoadAsync();
    }

    private async Task GiveAwayAsync(HeldTask task, bool forAnother)
    {
        RevokeOutcome outcome = await RevokeLease.RunAsync(await Current.GetAsync(), task.TaskNumber, forAnother, CancellationToken.None);
        Status.Say(outcome switch
        {
            RevokeOutcome.Revoked => (forAnother ? QueuesText.GivenAway : QueuesText.TakenBack).With(task.TaskNumber),
            RevokeOutcome.NotHeld => QueuesText.NotHeld.With(task.TaskNumber),
            _ => throw new ArgumentOutOfRangeException(nameof(task)),
        });
        await LoadAsync();
    }
}
