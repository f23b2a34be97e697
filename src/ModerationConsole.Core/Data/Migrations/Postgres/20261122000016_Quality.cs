using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Quality : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "JudgesAgain",
                table: "review_task",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "quality_calibration",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    MadeBy = table.Column<Guid>(type: "uuid", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    StateSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Notes = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_calibration", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_calibration_moderator_MadeBy",
                        column: x => x.MadeBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_coaching",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    FromId = table.Column<Guid>(type: "uuid", nullable: false),
                    ToId = table.Column<Guid>(type: "uuid", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    SentAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReadAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_coaching", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_coaching_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_coaching_moderator_FromId",
                        column: x => x.FromId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_coaching_moderator_ToId",
                        column: x => x.ToId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_golden",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Origin = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Verdict = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    PolicyId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    PolicyVersionId = table.Column<Guid>(type: "uuid", nullable: true),
                    Actions = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Note = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: true),
                    MadeBy = table.Column<Guid>(type: "uuid", nullable: true),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Severe = table.Column<bool>(type: "boolean", nullable: false),
                    SevereAskedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Retirement = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    RetiredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_golden", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_golden_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_golden_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_golden_policy_version_PolicyVersionId",
                        column: x => x.PolicyVersionId,
                        principalTable: "policy_version",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_plan",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    RandomRate = table.Column<double>(type: "double precision", nullable: false),
                    Salt = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    MadeBy = table.Column<Guid>(type: "uuid", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ActiveFrom = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ActiveUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_plan", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_plan_moderator_MadeBy",
                        column: x => x.MadeBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_sampler",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_sampler", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "quality_settings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    GoldenRate = table.Column<double>(type: "double precision", nullable: false),
                    TargetAccuracy = table.Column<double>(type: "double precision", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_settings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "quality_weight",
                columns: table => new
                {
                    PolicyId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Weight = table.Column<double>(type: "double precision", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_weight", x => x.PolicyId);
                    table.ForeignKey(
                        name: "FK_quality_weight_policy_PolicyId",
                        column: x => x.PolicyId,
                        principalTable: "policy",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_calibration_case",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SessionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Notes = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_calibration_case", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_calibration_case_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_calibration_case_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_calibration_case_quality_calibration_SessionId",
                        column: x => x.SessionId,
                        principalTable: "quality_calibration",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_calibration_person",
                columns: table => new
                {
                    SessionId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_calibration_person", x => new { x.SessionId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_quality_calibration_person_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_calibration_person_quality_calibration_SessionId",
                        column: x => x.SessionId,
                        principalTable: "quality_calibration",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_golden_answer",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    GoldenId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    TaskNumber = table.Column<long>(type: "bigint", nullable: false),
                    GivenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Passed = table.Column<bool>(type: "boolean", nullable: true),
                    Scored = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_golden_answer", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_golden_answer_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_golden_answer_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_golden_answer_quality_golden_GoldenId",
                        column: x => x.GoldenId,
                        principalTable: "quality_golden",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_golden_answer_review_task_TaskNumber",
                        column: x => x.TaskNumber,
                        principalTable: "review_task",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_population",
                columns: table => new
                {
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    StratumId = table.Column<Guid>(type: "uuid", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    By = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Decisions = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_population", x => new { x.By, x.Day, x.PlanId, x.StratumId, x.Key });
                    table.ForeignKey(
                        name: "FK_quality_population_quality_plan_PlanId",
                        column: x => x.PlanId,
                        principalTable: "quality_plan",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_stratum",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Rate = table.Column<double>(type: "double precision", nullable: false),
                    Conditions = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_stratum", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_stratum_quality_plan_PlanId",
                        column: x => x.PlanId,
                        principalTable: "quality_plan",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_calibration_vote",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CalibrationCaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Round = table.Column<int>(type: "integer", nullable: false),
                    TaskNumber = table.Column<long>(type: "bigint", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: true),
                    Verdict = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    PolicyId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    VotedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_calibration_vote", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_calibration_vote_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_calibration_vote_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_calibration_vote_quality_calibration_case_Calibrati~",
                        column: x => x.CalibrationCaseId,
                        principalTable: "quality_calibration_case",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_calibration_vote_review_task_TaskNumber",
                        column: x => x.TaskNumber,
                        principalTable: "review_task",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_sample",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    StratumId = table.Column<Guid>(type: "uuid", nullable: true),
                    Rate = table.Column<double>(type: "double precision", nullable: false),
                    Random = table.Column<bool>(type: "boolean", nullable: false),
                    DrawnAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DeciderId = table.Column<Guid>(type: "uuid", nullable: true),
                    TeamId = table.Column<Guid>(type: "uuid", nullable: true),
                    QueueId = table.Column<Guid>(type: "uuid", nullable: false),
                    Verdict = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    PolicyId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Language = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    Severity = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Weight = table.Column<double>(type: "double precision", nullable: false),
                    TaskNumber = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    ReviewerId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReviewId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReviewedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AdjudicationTask = table.Column<long>(type: "bigint", nullable: true),
                    AdjudicatorId = table.Column<Guid>(type: "uuid", nullable: true),
                    AdjudicationId = table.Column<Guid>(type: "uuid", nullable: true),
                    AdjudicatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RightVerdict = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    RightPolicyId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Wrong = table.Column<bool>(type: "boolean", nullable: true),
                    Scored = table.Column<bool>(type: "boolean", nullable: false),
                    Error = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    Cause = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    Explanation = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: true),
                    ReleasedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CorrectionId = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_sample", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_sample_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_sample_decision_AdjudicationId",
                        column: x => x.AdjudicationId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_sample_decision_CorrectionId",
                        column: x => x.CorrectionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_sample_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_sample_decision_ReviewId",
                        column: x => x.ReviewId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_sample_quality_plan_PlanId",
                        column: x => x.PlanId,
                        principalTable: "quality_plan",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_sample_quality_stratum_StratumId",
                        column: x => x.StratumId,
                        principalTable: "quality_stratum",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_sample_review_task_AdjudicationTask",
                        column: x => x.AdjudicationTask,
                        principalTable: "review_task",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_sample_review_task_TaskNumber",
                        column: x => x.TaskNumber,
                        principalTable: "review_task",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quality_dispute",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SampleId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Text = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Reason = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quality_dispute", x => x.Id);
                    table.ForeignKey(
                        name: "FK_quality_dispute_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_quality_dispute_quality_sample_SampleId",
                        column: x => x.SampleId,
                        principalTable: "quality_sample",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_media_object_ChildSafety_CreatedAt",
                table: "media_object",
                columns: new[] { "ChildSafety", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_MadeBy",
                table: "quality_calibration",
                column: "MadeBy");

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_State_MadeAt",
                table: "quality_calibration",
                columns: new[] { "State", "MadeAt" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_case_CaseNumber",
                table: "quality_calibration_case",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_case_DecisionId",
                table: "quality_calibration_case",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_case_SessionId_CaseNumber",
                table: "quality_calibration_case",
                columns: new[] { "SessionId", "CaseNumber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_person_PersonId",
                table: "quality_calibration_person",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_vote_CalibrationCaseId_PersonId_Round",
                table: "quality_calibration_vote",
                columns: new[] { "CalibrationCaseId", "PersonId", "Round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_vote_DecisionId",
                table: "quality_calibration_vote",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_vote_PersonId",
                table: "quality_calibration_vote",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_calibration_vote_TaskNumber",
                table: "quality_calibration_vote",
                column: "TaskNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_quality_coaching_CaseNumber",
                table: "quality_coaching",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_quality_coaching_FromId_SentAt",
                table: "quality_coaching",
                columns: new[] { "FromId", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_coaching_ToId_SentAt",
                table: "quality_coaching",
                columns: new[] { "ToId", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_dispute_PersonId",
                table: "quality_dispute",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_dispute_SampleId",
                table: "quality_dispute",
                column: "SampleId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_quality_dispute_State_OpenedAt",
                table: "quality_dispute",
                columns: new[] { "State", "OpenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_golden_CaseNumber",
                table: "quality_golden",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_quality_golden_DecisionId",
                table: "quality_golden",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_golden_PolicyVersionId",
                table: "quality_golden",
                column: "PolicyVersionId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_golden_State_MadeAt",
                table: "quality_golden",
                columns: new[] { "State", "MadeAt" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_golden_answer_DecisionId",
                table: "quality_golden_answer",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_golden_answer_GoldenId_PersonId",
                table: "quality_golden_answer",
                columns: new[] { "GoldenId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_quality_golden_answer_PersonId_AnsweredAt",
                table: "quality_golden_answer",
                columns: new[] { "PersonId", "AnsweredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_golden_answer_TaskNumber",
                table: "quality_golden_answer",
                column: "TaskNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_quality_plan_MadeBy",
                table: "quality_plan",
                column: "MadeBy");

            migrationBuilder.CreateIndex(
                name: "IX_quality_plan_State",
                table: "quality_plan",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_quality_population_PlanId",
                table: "quality_population",
                column: "PlanId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_AdjudicationId",
                table: "quality_sample",
                column: "AdjudicationId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_AdjudicationTask",
                table: "quality_sample",
                column: "AdjudicationTask");

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_CaseNumber",
                table: "quality_sample",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_CorrectionId",
                table: "quality_sample",
                column: "CorrectionId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_DecidedAt_Id",
                table: "quality_sample",
                columns: new[] { "DecidedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_DeciderId_DecidedAt",
                table: "quality_sample",
                columns: new[] { "DeciderId", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_DecisionId",
                table: "quality_sample",
                column: "DecisionId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_PlanId",
                table: "quality_sample",
                column: "PlanId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_ReviewId",
                table: "quality_sample",
                column: "ReviewId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_State_DrawnAt",
                table: "quality_sample",
                columns: new[] { "State", "DrawnAt" });

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_StratumId",
                table: "quality_sample",
                column: "StratumId");

            migrationBuilder.CreateIndex(
                name: "IX_quality_sample_TaskNumber",
                table: "quality_sample",
                column: "TaskNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_quality_stratum_PlanId_Position",
                table: "quality_stratum",
                columns: new[] { "PlanId", "Position" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "quality_calibration_person");

            migrationBuilder.DropTable(
                name: "quality_calibration_vote");

            migrationBuilder.DropTable(
                name: "quality_coaching");

            migrationBuilder.DropTable(
                name: "quality_dispute");

            migrationBuilder.DropTable(
                name: "quality_golden_answer");

            migrationBuilder.DropTable(
                name: "quality_population");

            migrationBuilder.DropTable(
                name: "quality_sampler");

            migrationBuilder.DropTable(
                name: "quality_settings");

            migrationBuilder.DropTable(
                name: "quality_weight");

            migrationBuilder.DropTable(
                name: "quality_calibration_case");

            migrationBuilder.DropTable(
                name: "quality_sample");

            migrationBuilder.DropTable(
                name: "quality_golden");

            migrationBuilder.DropTable(
                name: "quality_calibration");

            migrationBuilder.DropTable(
                name: "quality_stratum");

            migrationBuilder.DropTable(
                name: "quality_plan");

            migrationBuilder.DropIndex(
                name: "IX_media_object_ChildSafety_CreatedAt",
                table: "media_object");

            migrationBuilder.DropColumn(
                name: "JudgesAgain",
                table: "review_task");
        }
    }
}
