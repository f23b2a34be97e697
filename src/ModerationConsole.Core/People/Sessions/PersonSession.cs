using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Sessions;

/// <summary>How a person proved who they are when a session began.</summary>
public enum SessionMethod
{
    /// <summary>Password, with a second factor where the account has one.</summary>
    Password,

    /// <summary>A passkey.</summary>
    Passkey,

    /// <summary>An identity provider's word.</summary>
    Provider,
}

/// <summary>Why a session ended before its time.</summary>
public enum SessionEnd
{
    /// <summary>The person signed out in it.</summary>
    SignedOut,

    /// <summary>The person ended it from another, or all at once.</summary>
    EndedElsewhere,

    /// <summary>The account changed: password, disabled, second factor taken away.</summary>
    AccountChanged,

    /// <summary>The identity provider ended it.</summary>
    Provider,
}

/// <summary>One sign-in of a person in one browser. What the browser holds names this row, so it can be ended here.</summary>
public sealed class PersonSession
{
    /// <summary>Identity; what the cookie names.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose.</summary>
    public Guid PersonId { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the person last did anything in it, UTC, to about a minute.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When the person last proved anew who they are, UTC: what is asked before the most dangerous commands.</summary>
    public DateTimeOffset ProvedAt { get; set; }

    /// <summary>How it began.</summary>
    public SessionMethod Method { get; init; }

    /// <summary>Configured name of the identity provider; null for local accounts.</summary>
    public string? Provider { get; init; }

    /// <summary>Who the person is to that provider: its <c>sub</c>.</summary>
    public string? ProviderSubject { get; init; }

    /// <summary>The provider's own session: its <c>sid</c>, where it names one.</summary>
    public string? ProviderSession { get; init; }

    /// <summary>What the browser says of itself, shortened; shown to the person alone.</summary>
    public string Browser { get; init; } = "";

    /// <summary>When it was ended, UTC; null while it may go on.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it was ended.</summary>
    public SessionEnd? EndReason { get; set; }
}

internal sealed class PersonSessionConfiguration : IEntityTypeConfiguration<PersonSession>
{
    // OpenID Connect Core 1.0, section 2: a subject has at most 255 characters.
    private const int MaxSubject = 255;

    public void Configure(EntityTypeBuilder<PersonSession> builder)
    {
        builder.ToTable("person_session");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Provider).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ProviderSubject).HasMaxLength(MaxSubject);
        builder.Property(row => row.ProviderSession).HasMaxLength(MaxSubject);
        builder.Property(row => row.Browser).HasMaxLength(TextLength.Id);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
        builder.HasIndex(row => new { row.PersonId, row.EndedAt });
        builder.HasIndex(row => new { row.Provider, row.ProviderSession });
    }
}
