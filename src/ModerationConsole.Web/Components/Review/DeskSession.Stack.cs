using System.Globalization;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    private readonly HashSet<long> _leftOut = [];
    private readonly HashSet<long> _changed = [];
    private DecideStackResult? _together;

    /// <summary>What is like the case on the screen and held with it.</summary>
    public IReadOnlyList<StackMember> Stack { get; private set; } = [];

    /// <summary>Whether the members are shown.</summary>
    public bool StackOpen { get; private set; }

    /// <summary>The members that are decided when all are.</summary>
    public IReadOnlyList<StackMember> Included => [.. Stack.Where(member => !_leftOut.Contains(member.TaskNumber))];

    /// <summary>Whether something new came about a member since it was first shown.</summary>
    public bool HasChanged(StackMember member) => member is not null && _changed.Contains(member.TaskNumber);

    /// <summary>Opens or closes the list of members.</summary>
    public void ToggleStack()
    {
        StackOpen = !StackOpen;
        Changed?.Invoke();
    }

    /// <summary>The person leaves a member out, or takes it in again.</summary>
    public void Include(StackMember member, bool included)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (!Busy)
        {
            _ = included ? _leftOut.Remove(member.TaskNumber) : _leftOut.Add(member.TaskNumber);
            Changed?.Invoke();
        }
    }

    /// <summary>Decides the case and every member that was not left out, by one submission, and draws the next.</summary>
    public Task DecideAllAsync(long task, long fence) => DecideAsync(task, fence, form => form.ChosenVerdict, null, Included);

    private async Task GatherAsync(long task, long fence)
    {
        Stack = await stacks.GatherAsync(task, fence, _closing.Token);
        // Other words may change what a picture means: those are taken in by a person, not by us.
        _leftOut.UnionWith(Stack.Where(member => member.Alike == Alike.OtherWords).Select(member => member.TaskNumber));
    }

    private void ForgetStack()
    {
        Stack = [];
        StackOpen = false;
        _leftOut.Clear();
        _changed.Clear();
    }

    // A member may be taken back, or something new may come about it: then the person has not seen what they would decide.
    private async Task<bool> RenewStackAsync(IReadOnlyList<OutboxEvent> events)
    {
        if (Case is not { } about || Busy
            || !events.Any(change => change.Kind == LiveKind.Missed || Stack.Any(member => member.TaskNumber == change.TaskNumber || member.CaseNumber == change.CaseNumber)))
        {
            return false;
        }

        IReadOnlyList<StackMember> renewed = await stacks.ReadAsync(about.TaskNumber, _closing.Token);
        if (Busy || !IsOnScreen(about.TaskNumber, about.Fence))
        {
            return false;
        }

        Dictionary<long, long> seen = Stack.ToDictionary(member => member.TaskNumber, member => member.Seen);
        foreach (StackMember member in renewed.Where(member => seen.TryGetValue(member.TaskNumber, out long before) && before != member.Seen))
        {
            _changed.Add(member.TaskNumber);
            _leftOut.Add(member.TaskNumber);
        }

        Stack = renewed;
        return true;
    }

    private async Task<DecideResult> SubmitVerdictAsync(DecideCommand command, IReadOnlyList<StackMember>? with)
    {
        _together = null;
        if (with is not { Count: > 0 })
        {
            return await verdicts.DecideAsync(command, _closing.Token);
        }

        _together = await stacks.DecideAsync(command, with, _closing.Token);
        return _together.Shown;
    }

    private string WordsOf(DeskCase about, Verdict verdict)
    {
        string name = CaseWords.Name(verdict).ToLower(CultureInfo.CurrentCulture);
        return _together is { } all ? StackWords.Decided(CaseWords.Title(about), name, all) : DeskText.DecidedAs.With(CaseWords.Title(about), name);
    }
}
