using System.Text.Json;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class ReviewPage
{
    private (long Task, long Fence)? _told;
    private DeskMode? _toldMode;
    private bool _recalled;

    // The page's keys belong to what is drawn from this moment on, and a reader is told what that is.
    private async Task TellPageAsync()
    {
        if (_told == Drawn && _toldMode == Desk.Mode)
        {
            return;
        }

        _told = Drawn;
        _toldMode = Desk.Mode;
        _selected = 0;
        _at = null;
        _context = false;
        await Script.SetTaskAsync(_told?.Task, _told?.Fence);
        await Script.KeepAsync(_told?.Task, _told?.Fence, Desk.Case is { } about ? CaseWords.Title(about) : "", Desk.Mode is DeskMode.Left or DeskMode.Opening);
        if (Desk.Mode == DeskMode.Idle && await Script.LeftBehindAsync() is { } before)
        {
            await Desk.ExplainLostAsync(before);
        }

        await Shell.FocusAsync(".desk h1");
    }

    // A page that is loaded again goes on where the one before stood, also between two cases.
    private async Task RecallAsync()
    {
        // Not before the desk has found out what the person holds.
        if (_recalled || Desk.Busy || Desk.Mode == DeskMode.Opening)
        {
            return;
        }

        _recalled = true;
        if (await Script.BetweenAsync(Me.Id) is { } kept)
        {
            Desk.Recall(kept);
        }
    }

    private string? Between() => Desk.Between(Me.Id) is { } between ? JsonSerializer.Serialize(between, JsonSerializerOptions.Web) : null;
}
