using ModerationConsole.Core.Decisions.Desk;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    private double? _keptFor;

    /// <summary>The page was loaded again and its case did not come back: says what happened, and gives back what was written.</summary>
    public Task ExplainLostAsync(CaseBefore before) => QuietlyAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(before);
        if (Mode != DeskMode.Idle || Busy)
        {
            return;
        }

        TaskFate fate = await tasks.FateAsync(before.Task, before.Fence, _closing.Token);
        if (fate is not (TaskFate.WentBack or TaskFate.Withdrawn))
        {
            return;
        }

        KeptForm? draft = await tasks.DraftAsync(before.Task, _closing.Token);
        string reason = before.Fields?.GetValueOrDefault(DeskFields.Reason) ?? draft?.Reason ?? "";
        string note = before.Fields?.GetValueOrDefault(DeskFields.Note) ?? draft?.Note ?? "";
        if (Mode == DeskMode.Idle && !Busy)
        {
            Clear(DeskMode.Left);
            Left = new LeftCase(before.Title, WordsFor(fate), reason, note);
            status.Say(WordsFor(fate));
            Changed?.Invoke();
        }
    });
}
