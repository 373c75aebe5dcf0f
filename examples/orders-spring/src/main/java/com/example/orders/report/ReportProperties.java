package com.example.orders.report;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of the monthly report. The delay stands for the slow warehouse that a real report would ask. */
@ConfigurationProperties("orders.report")
record ReportProperties(@DefaultValue("1500ms") Duration delay) {}
