using System.Security.Cryptography;
using System.Text;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Intake;

/// <summary>An item that fits its type, ready to be stored.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its id on the platform.</param>
/// <param name="Data">Its data as sent, canonical JSON.</param>
/// <param name="Facts">What the console understood of it.</param>
public sealed record AcceptedItem(KnownType Type, string Id, string Data, ItemFacts Facts)
{
    /// <summary>SHA-256 of <see cref="Data"/>: tells versions of one item apart.</summary>
    public byte[] Hash { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Data));

    /// <summary>Where its data belongs; null where that was not said.</summary>
    public string? Region { get; init; }

    /// <summary>Media whose bytes were handed in beside the item.</summary>
    public IReadOnlyList<AttachedMedia> Attached { get; init; } = [];
}

/// <summary>What the console understood of an item's data, by the roles of its fields.</summary>
public sealed class ItemFacts
{
    private readonly StringBuilder _text = new();
    private readonly List<MediaMention> _media = [];

    public string Text => _text.ToString();

    public string? CreatorTypeId { get; private set; }

    public string? CreatorId { get; private set; }

    public string? ThreadId { get; private set; }

    public string? ParentId { get; private set; }

    public string? Language { get; private set; }

    public DateTimeOffset? CreatedAt { get; private set; }

    /// <summary>The platform says that it is gone at its source.</summary>
    public bool Gone { get; private set; }

    public IReadOnlyList<MediaMention> Media => _media;

    internal void AddText(FieldRole role, string text)
    {
        if (role == FieldRole.Language)
        {
            Language = ItemLanguage.Read(text);
        }
        else if (role is FieldRole.None or FieldRole.DisplayName or FieldRole.Transcript or FieldRole.OcrText or FieldRole.Translation && text.Length > 0)
        {
            // PostgreSQL cannot hold U+0000 in text. The data itself keeps it, escaped.
            _text.Append(_text.Length == 0 ? "" : "\n").Append(text.Replace('\0', '\uFFFD'));
        }
    }

    internal void AddReference(FieldRole role, string? typeId, string id)
    {
        switch (role)
        {
            case FieldRole.Creator:
                (CreatorTypeId, CreatorId) = (typeId, id);
                break;
            case FieldRole.Thread:
                ThreadId = id;
                break;
            case FieldRole.Parent:
                ParentId = id;
                break;
            default:
                break;
        }
    }

    internal void AddTime(FieldRole role, DateTimeOffset at) => CreatedAt = role == FieldRole.CreatedAt ? at : CreatedAt;

    internal void AddTruth(FieldRole role, bool value) => Gone = role == FieldRole.IsDeleted ? value : Gone;

    internal void AddMedia(MediaMention media) => _media.Add(media);
}

/// <summary>A media address in a field of an item.</summary>
public sealed record MediaMention(string Field, FieldType Type, string Url);

/// <summary>A media object that was stored before its item came in.</summary>
public sealed record AttachedMedia(string Field, Guid MediaId);
