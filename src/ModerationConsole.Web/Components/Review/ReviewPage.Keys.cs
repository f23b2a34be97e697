using System.Text.Json;
using Microsoft.JSInterop;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class ReviewPage
{
    /// <summary>A key of the desk was pressed, meant for the case that was drawn as task and fence.</summary>
    [JSInvokable]
    public async Task OnKey(string command, long? task, long? fence, JsonElement? detail)
    {
        if (command is "undo" or "help" or "focus")
        {
            await (command switch
            {
                "undo" => Desk.UndoAsync(),
                "help" => AskAsync(DeskQuestion.Keys),
                _ => SwitchFocusAsync(),
            });
        }
        else if (Drawn is { } drawn && drawn == (task, fence))
        {
            await OnCaseKeyAsync(command, drawn.Task, drawn.Fence, detail);
        }

        StateHasChanged();
    }

    private async Task OnCaseKeyAsync(string command, long task, long fence, JsonElement? detail)
    {
        switch (command)
        {
            case "allow":
                Desk.Choose(Core.Decisions.Verdict.Allow);
                break;
            case "violation":
                Desk.Choose(Core.Decisions.Verdict.Violation);
                break;
            case "policy":
                await ChoosePinnedAsync(detail);
                break;
            case "submit":
                await SubmitAsync(task, fence, detail is { } sent && sent.TryGetProperty("fields", out JsonElement fields)
                    ? fields.Deserialize<Dictionary<string, string>>() : null);
                break;
            case "skip":
                await Desk.SkipAsync(task, fence);
                break;
            case "stop":
                await Desk.StopAsync(task, fence);
                break;
            case "escalate":
                await AskAsync(DeskQuestion.Escalate);
                break;
            case "note":
                await Shell.FocusAsync("#note");
                break;
            case "next" or "previous":
                await MoveSelectionAsync(command == "next" ? 1 : -1);
                break;
        }
    }

    private async Task ChoosePinnedAsync(JsonElement? detail)
    {
        if (detail is { } sent && sent.TryGetProperty("policy", out JsonElement key)
            && Desk.Case?.Policies.FirstOrDefault(policy => policy.Key == key.GetInt32()) is { } pinned)
        {
            Desk.Choose(pinned);
            // Out of the finder, so that the next letter is a key again.
            await Shell.FocusAsync($"[data-pinned='{pinned.Key}']");
        }
    }

    // The media that keys mean stays chosen while the person reads a text.
    private async Task MoveSelectionAsync(int step)
    {
        if (Desk.Case is { } about && EvidenceWalk.Step(EvidenceWalk.Of(about), _at ?? FirstMedia(about), step) is { } stop)
        {
            _at = stop.Id;
            _selected = stop.Media ?? _selected;
            StateHasChanged();
            await Shell.FocusAsync($"#{stop.Id}");
        }
    }

    private static string? FirstMedia(Core.Decisions.Desk.DeskCase about) => about.Media.Count > 0 ? EvidenceWalk.MediaId(0) : null;
}
